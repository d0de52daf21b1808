#pragma once

#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"
#include "simulation/finished_cases.hpp"
#include "study/study.hpp"

namespace spinsweep::simulation {

/// How the simulation of a device's cases ended. `failures` are those of earlier runs too.
struct DeviceOutcome : engine::StageOutcome {
  int done = 0;  ///< cases, now or in an earlier run
};

/// Simulates every case of a device that is not done, by groups of RunSettings::ranks_per_case ranks; each group writes
/// its case's rows when it has finished it. Cases that start from the same magnetisation share its relaxation, cases
/// that are the same are simulated once, and those that `reusable` has finished (may be nullptr) not at all.
/// seconds_afterwards: estimated time of what the run does next, for the progress. Collective.
DeviceOutcome run_device_stage(const study::DevicePlan& plan, const study::RunSettings& settings,
                               const FinishedCases* reusable, results::Results& results,
                               const parallel::Communicator& communicator, double seconds_afterwards = 0.0);

}  // namespace spinsweep::simulation
