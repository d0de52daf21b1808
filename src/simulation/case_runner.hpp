#pragma once

#include <optional>
#include <string>

#include "device/demag_cache.hpp"
#include "device/parameters.hpp"
#include "engine/worker.hpp"
#include "simulation/case_writer.hpp"
#include "simulation/checkpoint.hpp"
#include "simulation/initial_state.hpp"
#include "study/study.hpp"

namespace spinsweep::simulation {

/// Simulates single cases: from their checkpoint if they have one, with a new checkpoint every
/// RunSettings::checkpoint_interval and when the run is to stop. The ranks of the group simulate them together.
class CaseRunner {
 public:
  CaseRunner(const study::RunSettings& settings, CheckpointStore& checkpoints, CaseWriter& writer,
             InitialState& initial_state, device::DemagCache& cache)
      : settings_(settings), checkpoints_(checkpoints), writer_(writer), initial_state_(initial_state), cache_(cache) {}

  /// Simulates the case and commits it as done. `name`: of the case in messages. Returns the outcome in a few words.
  /// Collective in the worker's group. Errors: Interrupted, with the case checkpointed unless it was within a long
  /// step; SimulationError if the integration fails, the case takes longer than RunSettings::time_limit or makes no
  /// progress; EnvironmentError.
  std::string run(std::size_t index, const std::string& name, const device::DeviceParameters& parameters,
                  engine::Worker& worker);

 private:
  [[nodiscard]] std::optional<Checkpoint> take_checkpoint(std::size_t index, const std::string& name,
                                                          const device::DeviceParameters& p,
                                                          const engine::TaskGroup& group);
  void save(std::size_t index, const std::string& name, const Checkpoint& checkpoint, const engine::TaskGroup& group);

  const study::RunSettings& settings_;
  CheckpointStore& checkpoints_;
  CaseWriter& writer_;
  InitialState& initial_state_;
  device::DemagCache& cache_;
};

}  // namespace spinsweep::simulation
