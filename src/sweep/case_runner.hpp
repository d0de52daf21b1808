#pragma once

#include <string>

#include "device/parameters.hpp"
#include "study/study.hpp"
#include "sweep/case_writer.hpp"
#include "sweep/checkpoint.hpp"
#include "sweep/demag_cache.hpp"
#include "sweep/initial_states.hpp"
#include "sweep/stop_request.hpp"

namespace spinsweep::sweep {

/// Simulates single cases: from their checkpoint if they have one, with a new checkpoint every
/// RunSettings::checkpoint_interval and when the run is to stop.
class CaseRunner {
 public:
  CaseRunner(const study::RunSettings& settings, CheckpointStore& checkpoints, CaseWriter& writer, StopRequest& stop,
             const InitialStates& states, DemagCache& cache)
      : settings_(settings), checkpoints_(checkpoints), writer_(writer), stop_(stop), states_(states), cache_(cache) {}

  /// Simulates the case and commits it as done. `name` is how messages call it. Returns how it went, in a few words.
  /// Errors: Interrupted, with the case checkpointed; SimulationError if the integration fails or the case takes longer
  /// than RunSettings::time_limit; EnvironmentError.
  std::string run(std::size_t index, const std::string& name, const device::DeviceParameters& parameters);

 private:
  const study::RunSettings& settings_;
  CheckpointStore& checkpoints_;
  CaseWriter& writer_;
  StopRequest& stop_;
  const InitialStates& states_;
  DemagCache& cache_;
};

}  // namespace spinsweep::sweep
