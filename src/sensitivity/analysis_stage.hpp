#pragma once

#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::sensitivity {

/// Computes /analysis from what the file holds: when each notch releases the wall, how even the levels are, and what
/// these and the accuracies depend on. What is not known yet stays NaN; doing it again after more cases are done
/// completes it. Collective; the first rank works.
engine::StageOutcome run_analysis_stage(results::Results& results, const parallel::Communicator& communicator);

/// Parts of it, for the first rank alone.
void analyse_notches(results::Results& results);
void analyse_levels(results::Results& results);
void analyse_device_quantities(results::Results& results);
void analyse_accuracies(results::Results& results);

}  // namespace spinsweep::sensitivity
