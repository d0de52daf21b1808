#pragma once

#include "parallel/communicator.hpp"
#include "store/results_file.hpp"
#include "sweep/study.hpp"

namespace spinsweep::sweep {

/// What became of the cases of a stage.
struct StageOutcome {
  int done = 0;  ///< now or in an earlier run
  int failed = 0;
};

/// Simulates every case of a device that is not done. Ranks take cases from a shared counter, the costliest first, and
/// each writes its case's rows when it has finished it. A case that fails is marked with its reason and the rest goes
/// on. Cases that start from the same magnetisation share its relaxation. Collective.
StageOutcome run_device_stage(const DevicePlan& plan, bool retry_failed, store::ResultsFile& file,
                              const parallel::Communicator& communicator);

}  // namespace spinsweep::sweep
