#pragma once

#include <functional>
#include <optional>
#include <string>

#include "device/demag_cache.hpp"
#include "device/parameters.hpp"
#include "engine/worker.hpp"
#include "simulation/checkpoint.hpp"
#include "simulation/initial_state.hpp"
#include "study/study.hpp"

namespace spinsweep::simulation {

/// Simulates single cases: from their checkpoint if they have one, with a new checkpoint every
/// RunSettings::checkpoint_interval and when the run is to stop. The ranks of the group simulate them together.
class CaseRunner {
 public:
  /// Writes what a case yielded and commits it as done. wall_time: s. Collective in the worker's group.
  using Finish = std::function<void(const device::CaseRecord& record, double wall_time)>;

  CaseRunner(const study::RunSettings& settings, CheckpointStore& checkpoints, InitialState& initial_state,
             device::DemagCache& cache)
      : settings_(settings), checkpoints_(checkpoints), initial_state_(initial_state), cache_(cache) {}

  /// Simulates the case. `name` is how messages call it. Returns how it went, in a few words. Collective in the
  /// worker's group. Errors: Interrupted, with the case checkpointed; SimulationError if the integration fails or the
  /// case takes longer than RunSettings::time_limit; EnvironmentError.
  std::string run(std::size_t index, const std::string& name, const device::DeviceParameters& parameters,
                  engine::Worker& worker, const Finish& finish);

 private:
  [[nodiscard]] std::optional<Checkpoint> take_checkpoint(std::size_t index, const std::string& name,
                                                          const device::DeviceParameters& p,
                                                          const engine::TaskGroup& group);
  void save(std::size_t index, const std::string& name, const Checkpoint& checkpoint, const engine::TaskGroup& group);

  const study::RunSettings& settings_;
  CheckpointStore& checkpoints_;
  InitialState& initial_state_;
  device::DemagCache& cache_;
};

}  // namespace spinsweep::simulation
