#include "network/slice_optimizer.hpp"

#include <algorithm>
#include <array>

namespace spinsweep::network {

SliceOptimizer::SliceOptimizer(const Mlp<float>& network, const TrainingSettings& settings, int steps,
                               GradientExchange& exchange)
    : settings_(settings), steps_(steps), exchange_(exchange), adam_(exchange.slice().size()) {
  const Part& slice = exchange.slice();
  const auto slice_of = [&](std::span<const float> all) { return all.subspan(slice.begin, slice.size()); };
  const auto own = exchange.parameters().subspan(slice.begin, slice.size());
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
  // In blocks that stay in the L1 cache between the sum, Adam and the projection.
  std::array<float, 1024> sum;
  for (std::size_t begin = 0; begin < slice.size(); begin += sum.size()) {
    const std::span<float> gradient = std::span(sum).first(std::min(sum.size(), slice.size() - begin));
    const auto weights = exchange_.parameters().subspan(slice.begin + begin, gradient.size());
    exchange_.add_up(begin, gradient);
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
  }
}

void SliceOptimizer::gather(TrainingState& state, const parallel::Communicator& communicator) const {
  const Part& slice = exchange_.slice();
  const std::size_t parameters = exchange_.parameters().size();
  const std::span<const float> weights =
      projection_ ? std::span<const float>(latent_) : exchange_.parameters().subspan(slice.begin, slice.size());
  gather_slices(weights, parameters, communicator, state.weights);
  gather_slices(adam_.mean(), parameters, communicator, state.mean);
  gather_slices(adam_.square(), parameters, communicator, state.square);
}

}  // namespace spinsweep::network
