#pragma once

#include <string>

namespace spinsweep::sweep {

/// How far a results file is, as text of at most 80 columns. Errors: EnvironmentError.
[[nodiscard]] std::string describe_status(const std::string& results_file);

}  // namespace spinsweep::sweep
