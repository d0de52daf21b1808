#pragma once

#include <optional>
#include <string_view>

namespace spinsweep {

/// What separates the words of a text.
inline constexpr std::string_view blanks = " \t\r\n";

/// The text without blanks at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The number in a word, such as "1e-9"; none if it holds anything else.
[[nodiscard]] std::optional<double> number_in(std::string_view word);

}  // namespace spinsweep
