#pragma once

#include <cstdint>
#include <vector>

#include "parallel/communicator.hpp"
#include "results/results.hpp"
#include "study/study.hpp"
#include "sweep/failure.hpp"
#include "sweep/finished_cases.hpp"

namespace spinsweep::sweep {

/// What became of the cases of a stage.
struct StageOutcome {
  int done = 0;  ///< now or in an earlier run
  std::vector<Failure> failures;
  bool interrupted = false;          ///< asked to stop; what is not done can be gone on with
  std::int64_t put_off = 0;          ///< cases that do not fit in what is left of the batch job
  bool stopped_by_failures = false;  ///< RunSettings::max_failures was reached
};

/// Simulates every case of a device that is not done. Groups of RunSettings::ranks_per_case ranks take cases from a
/// shared counter, those with a checkpoint first, then the costliest, and each writes its case's rows when it has
/// finished it. A case that fails is marked with
/// its reason and the rest goes on. Cases that start from the same magnetisation share its relaxation, cases that are
/// the same are simulated once, and those that `reusable` has finished (may be nullptr) not at all.
/// seconds_afterwards: what the run does next takes so long as foreseen, for the progress. Collective.
StageOutcome run_device_stage(const study::DevicePlan& plan, const study::RunSettings& settings,
                              const FinishedCases* reusable, results::Results& results,
                              const parallel::Communicator& communicator, double seconds_afterwards = 0.0);

}  // namespace spinsweep::sweep
