#pragma once

#include <optional>
#include <span>

#include "network/adam.hpp"
#include "network/gradient_exchange.hpp"
#include "network/level_projection.hpp"
#include "network/optimizer.hpp"
#include "network/training_noise.hpp"

namespace spinsweep::network {

/// Optimises this rank's slice of the parameters, by way of latent weights in quantisation-aware training.
class SliceOptimizer final : public Optimizer {
 public:
  /// As make_optimizer().
  SliceOptimizer(const Mlp<float>& network, const TrainingSettings& settings, int steps, GradientExchange& exchange);

  /// One step of Adam.
  void move(int step, std::size_t batch_size) override;

  void gather(TrainingState& state, const parallel::Communicator& communicator) const override;

 private:
  const TrainingSettings& settings_;
  int steps_;
  GradientExchange& exchange_;
  Adam adam_;
  std::optional<LevelProjection> projection_;
  std::optional<TrainingNoise> noise_;
  AlignedVector<float> latent_;
};

}  // namespace spinsweep::network
