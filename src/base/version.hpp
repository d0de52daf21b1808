#pragma once

#include <string>

namespace spinsweep {

/// "1.2.3"
[[nodiscard]] std::string program_version();

/// The revision of the source that this program was built from, empty if it is not known.
[[nodiscard]] std::string git_revision();

}  // namespace spinsweep
