#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "network/counter_random.hpp"
#include "network/device_noise.hpp"

namespace spinsweep::network {

/// How far a neuron's activation is from its mean in the realisations of its cases.
struct NeuronSpread {
  std::vector<double> inputs = {};                   ///< of the swept current densities, ascending from 0 to 1
  std::vector<std::vector<double>> deviations = {};  ///< [input][realisation], ascending

  template <class Archive>
  void serialize(Archive& archive, unsigned /*version*/) {
    archive& inputs& deviations;
  }
};

/// Noise of the neurons. Acts on every read: heat leaves the wall of a neuron elsewhere after every pulse, so its
/// activation is drawn for every neuron and image, from the realisations of the current densities on either side of its
/// input, linear between them. A negative input drives no wall, and one above 1 scatters like 1.
class NeuronNoise {
 public:
  /// spread: outlives this; null: of a neuron without noise.
  NeuronNoise(const DeviceNoise& noise, const NeuronSpread* spread, std::uint64_t seed, std::uint32_t sample)
      : spread_(noise.neurons == NeuronNoiseSource::simulated ? spread : nullptr),
        sample_(sample),
        random_(seed, CounterRandom::Purpose::neuron) {}

  [[nodiscard]] bool is_on() const { return spread_ != nullptr; }

  /// Of the activation of a neuron from its mean, for one image of the test set.
  [[nodiscard]] float error(float input, std::uint32_t image, int layer, std::uint32_t neuron) const {
    if (!(input >= 0.0F)) {
      return 0.0F;
    }
    const std::uint32_t number = static_cast<std::uint32_t>(layer) << 24U | neuron;
    const double draw = random_.uniform(image, number, sample_);
    const auto& inputs = spread_->inputs;
    const double x = std::min(static_cast<double>(input), inputs.back());
    const auto above = std::upper_bound(inputs.begin() + 1, inputs.end() - 1, x);
    const auto k = static_cast<std::size_t>(above - inputs.begin()) - 1;
    const double rest = (x - inputs[k]) / (inputs[k + 1] - inputs[k]);
    const double below = drawn(spread_->deviations[k], draw);
    return static_cast<float>(below + rest * (drawn(spread_->deviations[k + 1], draw) - below));
  }

 private:
  [[nodiscard]] static double drawn(const std::vector<double>& deviations, double draw) {
    return deviations[static_cast<std::size_t>(draw * static_cast<double>(deviations.size()))];
  }

  const NeuronSpread* spread_;
  std::uint32_t sample_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
