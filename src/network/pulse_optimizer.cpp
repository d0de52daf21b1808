#include "network/pulse_optimizer.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace spinsweep::network {

/// Uniform numbers for one weight in one step.
class PulseOptimizer::Draws {
 public:
  Draws(const CounterRandom& random, std::size_t parameter, int step)
      : random_(random), parameter_(static_cast<std::uint32_t>(parameter)), step_(static_cast<std::uint32_t>(step)) {}

  /// In [0, 1).
  [[nodiscard]] float uniform(int side, std::uint32_t number) {
    const std::uint32_t index = 2 * number + static_cast<std::uint32_t>(side);
    if (index / 4 != block_) {
      block_ = index / 4;
      bits_ = random_.bits(parameter_, step_, block_);
    }
    return static_cast<float>(bits_[index % 4] >> 8U) * 0x1p-24F;
  }

 private:
  const CounterRandom& random_;
  std::uint32_t parameter_;
  std::uint32_t step_;
  std::uint32_t block_ = 0xffffffffU;
  CounterRandom::Counter bits_{};
};

PulseOptimizer::PulseOptimizer(const Mlp<float>& network, const TrainingSettings& settings, int steps,
                               GradientExchange& exchange, bool counts)
    : settings_(settings),
      devices_(*settings.pulsed),
      steps_(steps),
      exchange_(exchange),
      random_(settings.seed, CounterRandom::Purpose::in_situ_pulses),
      sides_(devices_.differential_pair ? 2 : 1),
      up_(devices_.pulses.increasing.mean_between(devices_.settings.headroom, 1.0 - devices_.settings.headroom)),
      down_(devices_.pulses.decreasing.mean_between(devices_.settings.headroom, 1.0 - devices_.settings.headroom)) {
  if (!(up_ > 0.0 && down_ < 0.0)) {
    throw InputError(
        "within the headroom, pulses of the jump tables do not raise and lower the conductance in the mean");
  }
  const Part& slice = exchange.slice();
  AlignedVector<float> low(network.parameters().size(), 0.0F);
  AlignedVector<float> width(network.parameters().size(), 0.0F);
  const auto fill = [&](const std::vector<Range>& ranges, std::size_t offset, std::size_t count) {
    for (std::size_t k = 0; !ranges.empty() && k < count; ++k) {
      const Range& range = ranges[k % ranges.size()];
      low[offset + k] = range.first;
      width[offset + k] = range.second - range.first;
    }
  };
  for (int layer = 0; layer < network.layers(); ++layer) {
    const LayerPlacement& place = devices_.layers[static_cast<std::size_t>(layer)];
    fill(place.ranges, network.weight_offset(layer), network.weight_count(layer));
    fill(place.bias_ranges, network.bias_offset(layer), static_cast<std::size_t>(network.outputs(layer)));
  }
  const auto slice_of = [&](const auto& all) { return std::span(all).subspan(slice.begin, slice.size()); };
  low_.assign(slice_of(low).begin(), slice_of(low).end());
  width_.assign(slice_of(width).begin(), slice_of(width).end());
  const auto weights = exchange.own_parameters();
  if (const TrainingState* state = settings.resume) {
    std::ranges::copy(slice_of(state->weights), weights.begin());
    conductances_[0].assign(slice_of(state->mean).begin(), slice_of(state->mean).end());
    conductances_[1].assign(slice_of(state->square).begin(), slice_of(state->square).end());
    pulses_ = counts ? state->pulses : 0;
    return;
  }
  std::ranges::copy(slice_of(network.parameters()), weights.begin());
  conductances_.fill(AlignedVector<float>(slice.size(), 0.0F));
  for (std::size_t k = 0; k < slice.size(); ++k) {
    if (width_[k] > 0.0F) {
      const float g = std::clamp((weights[k] - low_[k]) / width_[k], 0.0F, 1.0F);
      conductances_[0][k] = g;
      conductances_[1][k] = 1.0F - g;
      weights[k] = weight_of(k);
    }
  }
}

float PulseOptimizer::weight_of(std::size_t place) const {
  const float plus = conductances_[0][place];
  const float g = sides_ == 1 ? plus : 0.5F * (1.0F + plus - conductances_[1][place]);
  return low_[place] + width_[place] * g;
}

float PulseOptimizer::pulsed(float g, float change, int side, Draws& draws) {
  const JumpSampler& jumps = change > 0.0F ? devices_.pulses.increasing : devices_.pulses.decreasing;
  const double pulses = static_cast<double>(change) / (change > 0.0F ? up_ : down_);
  const auto clamped = [](float x) { return std::clamp(x, 0.0F, 1.0F); };
  if (devices_.settings.update == PulseUpdate::whole) {
    const auto count = static_cast<std::uint32_t>(pulses + static_cast<double>(draws.uniform(side, 0)));
    for (std::uint32_t pulse = 1; pulse <= count; ++pulse) {
      g = clamped(g + jumps.change(g, draws.uniform(side, pulse)));
    }
    pulses_ += std::int64_t{count} * pulse_unit;
    return g;
  }
  pulses_ += std::llround(pulses * static_cast<double>(pulse_unit));
  if (devices_.settings.update == PulseUpdate::exact) {
    return clamped(g + change);
  }
  // Means of independent pulses add up, and so do their variances.
  const auto count = static_cast<float>(pulses);
  const float mean = jumps.mean(g);
  return clamped(g + count * mean + std::sqrt(count) * (jumps.change(g, draws.uniform(side, 0)) - mean));
}

void PulseOptimizer::move_one(std::size_t place, float change, int step, float& weight) {
  if (change == 0.0F) {
    return;
  }
  if (width_[place] == 0.0F) {
    weight += change;
    return;
  }
  const float share = std::clamp(change / width_[place], -1.0F, 1.0F);
  Draws draws(random_, exchange_.slice().begin + place, step);
  for (int side = 0; side < sides_; ++side) {
    float& g = conductances_[static_cast<std::size_t>(side)][place];
    g = pulsed(g, side == 0 ? share : -share, side, draws);
  }
  weight = weight_of(place);
}

void PulseOptimizer::move(int step, std::size_t batch_size) {
  const auto rate = static_cast<float>(learning_rate(settings_, step, steps_) / static_cast<double>(batch_size));
  exchange_.for_each_block([&](std::size_t begin, std::span<const float> gradient, std::span<float> weights) {
    for (std::size_t k = 0; k < gradient.size(); ++k) {
      move_one(begin + k, -rate * gradient[k], step, weights[k]);
    }
  });
}

void PulseOptimizer::gather(TrainingState& state, const parallel::Communicator& communicator) const {
  const std::size_t parameters = exchange_.parameters().size();
  gather_slices(exchange_.own_parameters(), parameters, communicator, state.weights);
  gather_slices(conductances_[0], parameters, communicator, state.mean);
  gather_slices(conductances_[1], parameters, communicator, state.square);
  state.pulses = pulses_;
  MPI_Allreduce(MPI_IN_PLACE, &state.pulses, 1, MPI_INT64_T, MPI_SUM, communicator.get());
}

}  // namespace spinsweep::network
