#include "network/slice_optimizer.hpp"

#include <algorithm>

namespace spinsweep::network {

SliceOptimizer::SliceOptimizer(const Mlp<float>& network, const TrainingSettings& settings, int steps,
                               GradientExchange& exchange)
    : settings_(settings), steps_(steps), exchange_(exchange), adam_(exchange.slice().size()) {
  const Part& slice = exchange.slice();
  const auto slice_of = [&](std::span<const float> all) { return all.subspan(slice.begin, slice.size()); };
  const auto own = exchange.own_parameters();
  if (settings.resume != nullptr) {
    std::ranges::copy(slice_of(settings.resume->weights), own.begin());
    adam_.resume(settings.resume->step, slice_of(settings.resume->mean), slice_of(settings.resume->square));
  } else {
    std::ranges::copy(slice_of(network.parameters()), own.begin());
  }
  if (settings.levels != nullptr) {
    projection_.emplace(network, *settings.levels);
    latent_.assign(own.begin(), own.end());
    projection_->project(slice.begin, latent_, own);
    if (settings.noise != nullptr) {
      noise_.emplace(network, *settings.levels, *settings.noise, settings.seed);
      noise_->disturb(slice.begin, own, settings.resume != nullptr ? settings.resume->step : 0);
    }
  }
}

void SliceOptimizer::move(int step, std::size_t batch_size) {
  adam_.begin_step(learning_rate(settings_, step, steps_));
  const float scale = 1.0F / static_cast<float>(batch_size);
  const Part& slice = exchange_.slice();
  exchange_.for_each_block([&](std::size_t begin, std::span<const float> gradient, std::span<float> weights) {
    if (projection_) {
      const auto latent = std::span(latent_).subspan(begin, gradient.size());
      adam_.move(begin, gradient, scale, latent);
      projection_->project(slice.begin + begin, latent, weights);
      // The weights after the last step are on their levels.
      if (noise_ && step + 1 < steps_) {
        noise_->disturb(slice.begin + begin, weights, step + 1);
      }
    } else {
      adam_.move(begin, gradient, scale, weights);
    }
  });
}

void SliceOptimizer::gather(TrainingState& state, const parallel::Communicator& communicator) const {
  const std::size_t parameters = exchange_.parameters().size();
  const std::span<const float> weights = projection_ ? std::span<const float>(latent_) : exchange_.own_parameters();
  gather_slices(weights, parameters, communicator, state.weights);
  gather_slices(adam_.mean(), parameters, communicator, state.mean);
  gather_slices(adam_.square(), parameters, communicator, state.square);
}

}  // namespace spinsweep::network
