#pragma once

#include <string>
#include <vector>

#include "parallel/communicator.hpp"

namespace spinsweep::sweep {

enum class Stage { device, network, all };

/// What `spinsweep run` was asked for.
struct RunRequest {
  std::string sweep_file;
  std::string results_file;
  std::vector<std::string> overrides;  ///< key=value
  Stage stage = Stage::all;
  bool force = false;         ///< replace an existing results file
  bool retry_failed = false;  ///< simulate failed cases again
};

/// Runs a study, or goes on with one. Returns the number of failed cases and, on the first rank, the summary for the
/// user in `report`. Collective. Errors: InputError and EnvironmentError, on all ranks alike.
[[nodiscard]] int run_study(const RunRequest& request, const parallel::Communicator& communicator, std::string& report);

/// How far a results file is, as text of at most 80 columns. Errors: EnvironmentError.
[[nodiscard]] std::string describe_status(const std::string& results_file);

}  // namespace spinsweep::sweep
