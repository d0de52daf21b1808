#pragma once

#include <string>

namespace spinsweep {

/// "1.2.3"
[[nodiscard]] std::string program_version();

/// The revision of the source that this program was built from, empty if it is not known.
[[nodiscard]] std::string git_revision();

/// The instruction set that this program is compiled for: "x86-64-v3"; empty if it is not one of x86-64.
[[nodiscard]] std::string instruction_set();

/// "1.2.3 (12ab34c), x86-64-v3"
[[nodiscard]] std::string program_description();

}  // namespace spinsweep
