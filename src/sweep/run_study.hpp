#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "parallel/communicator.hpp"
#include "study/part.hpp"

namespace spinsweep::sweep {

enum class Stage { device, network, all };

/// What `spinsweep run` was asked for.
struct RunRequest {
  std::string sweep_file;
  std::string results_file;
  std::vector<std::string> overrides;  ///< key=value
  Stage stage = Stage::all;
  std::string reuse_file;  ///< results file whose finished cases are reused; empty: none
  bool force = false;      ///< replace an existing results file
  bool retry_failed = false;
  study::Part part;  ///< other than the whole: its cases are simulated and nothing more
  std::int64_t max_failures = std::numeric_limits<std::int64_t>::max();
};

/// How a run ended.
struct RunOutcome {
  bool failures = false;     ///< some cases or variants failed
  bool interrupted = false;  ///< asked to stop: the same command resumes
  std::string report;        ///< the summary for the user, on the first rank
};

/// Runs a study, or resumes one. Collective. Errors: InputError and EnvironmentError, on all ranks alike.
[[nodiscard]] RunOutcome run_study(const RunRequest& request, const parallel::Communicator& communicator);

}  // namespace spinsweep::sweep
