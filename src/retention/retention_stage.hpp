#pragma once

#include <vector>

#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::retention {

/// Computing time of each variant as estimated, s.
[[nodiscard]] std::vector<double> estimated_seconds(const study::Study& study);

/// Finds, for every variant of the device with levels that has none yet, the barriers between neighbouring wells of the
/// wall and how long it stays in them. Collective.
engine::StageOutcome run_retention_stage(results::Results& results, const parallel::Communicator& communicator);

}  // namespace spinsweep::retention
