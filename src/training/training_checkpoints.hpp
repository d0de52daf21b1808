#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/checkpoint_rows.hpp"
#include "network/parameter_layout.hpp"
#include "network/training_state.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::training {

/// Bytes that the checkpoint of any training of a network of this layout fits in.
[[nodiscard]] std::uint64_t largest_training_bytes(const network::ParameterLayout& layout, std::uint64_t epochs);

/// The trainings that are under way, in /network/checkpoint of the results file.
class TrainingCheckpoints {
 public:
  /// Collective. Finds the trainings that were under way when a run before this one ended.
  TrainingCheckpoints(results::Results& results, const parallel::Communicator& communicator);

  /// How many FP32 networks the study has.
  [[nodiscard]] std::size_t baselines() const { return baselines_; }

  /// The numbers of the trainings, as take() and save() want them.
  [[nodiscard]] std::uint64_t baseline(std::size_t baseline) const { return baseline; }
  [[nodiscard]] std::uint64_t control(std::size_t baseline, std::size_t control) const {
    return baselines_ + baseline * controls_ + control;
  }
  [[nodiscard]] std::uint64_t of_run(std::size_t run, std::size_t deployment) const {
    return baselines_ * (1 + controls_) + run * deployments_ + deployment;
  }

  /// Whether the training had a checkpoint when the stage began.
  [[nodiscard]] bool has(std::uint64_t training) const { return rows_.has(training); }

  /// Where a training is to resume, on all ranks of the group that does it; nothing if it starts from the beginning.
  /// Collective over the group.
  [[nodiscard]] std::optional<network::TrainingState> take(std::uint64_t training, const parallel::Communicator& group);

  /// Returns when the state is on the disk. The first rank of a group alone calls this.
  void save(std::uint64_t training, const network::TrainingState& state);

 private:
  std::size_t baselines_;
  std::size_t controls_;
  std::size_t deployments_;
  engine::CheckpointRows rows_;
};

}  // namespace spinsweep::training
