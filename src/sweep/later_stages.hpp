#pragma once

#include <vector>

#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::sweep {

/// A stage that needs nothing but what the results file holds once the devices are simulated.
struct LaterStage {
  const results::Group* group;  ///< of the results file, that it fills
  /// Does what is not done yet. Collective.
  engine::StageOutcome (*run)(results::Results& results, const parallel::Communicator& communicator);
};

/// In the order in which they are run.
[[nodiscard]] const std::vector<LaterStage>& later_stages();

}  // namespace spinsweep::sweep
