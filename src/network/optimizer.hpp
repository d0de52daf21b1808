#pragma once

#include <memory>
#include <span>

#include "network/gradient_exchange.hpp"
#include "network/trainer.hpp"

namespace spinsweep::network {

/// What a step of training makes of this rank's slice of the parameters.
class Optimizer {
 public:
  Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;
  Optimizer(Optimizer&&) = delete;
  Optimizer& operator=(Optimizer&&) = delete;
  virtual ~Optimizer() = default;

  /// One step. The exchange has the gradients, summed over the samples of a batch.
  virtual void move(int step, std::size_t batch_size) = 0;

  /// Writes the state of all slices to the first rank's `state`. Collective.
  virtual void gather(TrainingState& state, const parallel::Communicator& communicator) const = 0;
};

/// Starts from the network's parameters, or from settings.resume. steps: of the whole training. Leaves this rank's
/// slice of the parameters that the network computes with in exchange.parameters().
[[nodiscard]] std::unique_ptr<Optimizer> make_optimizer(const Mlp<float>& network, const TrainingSettings& settings,
                                                        int steps, GradientExchange& exchange,
                                                        const parallel::Communicator& communicator);

/// At a step of a training of `steps`.
[[nodiscard]] double learning_rate(const TrainingSettings& settings, int step, int steps);

/// Gathers every rank's slice of the parameters in the first rank's `all`. Collective.
void gather_slices(std::span<const float> own, std::size_t parameters, const parallel::Communicator& communicator,
                   AlignedVector<float>& all);

}  // namespace spinsweep::network
