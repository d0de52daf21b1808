#pragma once

#include <string>
#include <string_view>

namespace spinsweep {

/// The text as one line fit for a terminal, whatever a file or a user put into it: control characters become \n, \t or
/// \xNN, and what is beyond 300 bytes becomes "...".
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace spinsweep
