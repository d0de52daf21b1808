#pragma once

#include <optional>
#include <span>

#include "network/adam.hpp"
#include "network/gradient_exchange.hpp"
#include "network/level_projection.hpp"
#include "network/trainer.hpp"

namespace spinsweep::network {

/// Optimises this rank's slice of the parameters, by way of latent weights in quantisation-aware training.
class SliceOptimizer {
 public:
  /// Starts from the network's parameters, or from settings.resume. steps: of the whole training. Leaves this rank's
  /// slice of the parameters that the network computes with in exchange.parameters().
  SliceOptimizer(const Mlp<float>& network, const TrainingSettings& settings, int steps, GradientExchange& exchange);

  /// One step of Adam. The exchange has the gradients, summed over the samples of a batch.
  void move(int step, std::size_t batch_size);

  /// Writes the weights and Adam's moments of all slices to the first rank's state. Collective.
  void gather(TrainingState& state, const parallel::Communicator& communicator) const;

 private:
  [[nodiscard]] double learning_rate(int step) const;

  const TrainingSettings& settings_;
  int steps_;
  GradientExchange& exchange_;
  Adam adam_;
  std::optional<LevelProjection> projection_;
  AlignedVector<float> latent_;
};

}  // namespace spinsweep::network
