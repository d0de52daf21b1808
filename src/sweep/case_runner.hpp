#pragma once

#include <optional>
#include <string>

#include "device/demag_cache.hpp"
#include "device/parameters.hpp"
#include "study/study.hpp"
#include "sweep/case_group.hpp"
#include "sweep/case_writer.hpp"
#include "sweep/checkpoint.hpp"
#include "sweep/initial_states.hpp"
#include "sweep/stop_request.hpp"

namespace spinsweep::sweep {

/// Simulates single cases: from their checkpoint if they have one, with a new checkpoint every
/// RunSettings::checkpoint_interval and when the run is to stop. The ranks of the group simulate them together.
class CaseRunner {
 public:
  CaseRunner(const study::RunSettings& settings, const CaseGroup& group, CheckpointStore& checkpoints,
             CaseWriter& writer, StopRequest& stop, const InitialStates& states, device::DemagCache& cache)
      : settings_(settings),
        group_(group),
        checkpoints_(checkpoints),
        writer_(writer),
        stop_(stop),
        states_(states),
        cache_(cache) {}

  /// Simulates the case and commits it as done. `name` is how messages call it. Returns how it went, in a few words.
  /// Collective in the group.
  /// Errors: Interrupted, with the case checkpointed; SimulationError if the integration fails or the case takes longer
  /// than RunSettings::time_limit; EnvironmentError.
  std::string run(std::size_t index, const std::string& name, const device::DeviceParameters& parameters);

 private:
  [[nodiscard]] std::optional<Checkpoint> take_checkpoint(std::size_t index, const std::string& name,
                                                          const device::DeviceParameters& p);
  void save(std::size_t index, const std::string& name, const Checkpoint& checkpoint);

  const study::RunSettings& settings_;
  const CaseGroup& group_;
  CheckpointStore& checkpoints_;
  CaseWriter& writer_;
  StopRequest& stop_;
  const InitialStates& states_;
  device::DemagCache& cache_;
};

}  // namespace spinsweep::sweep
