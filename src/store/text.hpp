#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spinsweep::store {

/// One row of a character matrix: exactly `length` bytes, padded with NUL, cut between characters if the text is
/// longer. Bytes that are not UTF-8, and NUL, become '?': one bad byte would keep xarray from opening the whole group.
[[nodiscard]] std::string to_row(std::string_view text, std::size_t length);

/// The text of a row: without its padding.
[[nodiscard]] std::string from_row(std::string_view row);

}  // namespace spinsweep::store
