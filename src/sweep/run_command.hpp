#pragma once

#include <string>

#include "sweep/run_study.hpp"

namespace spinsweep::sweep {

/// The command line that goes on with a run, fit to be pasted into a shell. Neither --force, which would begin anew,
/// nor
/// --retry-failed and --max-failures are part of it.
[[nodiscard]] std::string command_of(const RunRequest& request);

}  // namespace spinsweep::sweep
