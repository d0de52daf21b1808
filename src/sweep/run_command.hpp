#pragma once

#include <string>

#include "sweep/run_study.hpp"

namespace spinsweep::sweep {

/// The command line that resumes a run, fit to be pasted into a shell. Without --force, which would start from the
/// beginning, and without --retry-failed and --max-failures.
[[nodiscard]] std::string command_of(const RunRequest& request);

}  // namespace spinsweep::sweep
