#pragma once

#include <cstddef>
#include <string>

namespace spinsweep {

/// The text in lines that end before column 80; all but the first begin with `indent` blanks.
[[nodiscard]] std::string wrapped(const std::string& text, std::size_t indent);

}  // namespace spinsweep
