#pragma once

#include <vector>

#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::programming {

/// Computing time of every recipe of each variant as estimated, s: [variant][recipe].
[[nodiscard]] std::vector<double> estimated_seconds(const study::Study& study);

/// Writes the levels of every variant of the device with levels, as often as [programming] says, and summarises how
/// well they can be written. A recipe that was interrupted is resumed behind the last realisation that is written.
/// Collective.
engine::StageOutcome run_programming_stage(results::Results& results, const parallel::Communicator& communicator);

}  // namespace spinsweep::programming
