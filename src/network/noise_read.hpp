#pragma once

#include <cmath>

#include "network/counter_random.hpp"
#include "network/device_noise.hpp"

namespace spinsweep::network {

/// Read noise. Acts on every read: the conductance fluctuates around its written value, drawn again for every image.
/// Independent normal errors of all devices of a neuron add up to one normal error of its sum, so that one number is
/// drawn for each neuron and image.
class ReadNoise {
 public:
  ReadNoise(const DeviceNoise& noise, std::uint64_t seed, std::uint32_t sample)
      : sigma_(noise.read_noise), sample_(sample), random_(seed, CounterRandom::Purpose::read) {}

  [[nodiscard]] bool is_on() const { return sigma_ > 0.0; }

  /// Variance of the normalised conductance of a device from read to read. unit: of noise amplitudes at its
  /// conductance.
  [[nodiscard]] double variance(double unit) const {
    const double deviation = sigma_ * unit;
    return deviation * deviation;
  }

  /// The error of a neuron's sum whose variance is given, for one image of the test set.
  [[nodiscard]] float error(float variance, std::uint32_t image, int layer, std::uint32_t neuron) const {
    const std::uint32_t number = static_cast<std::uint32_t>(layer) << 24U | neuron;
    return std::sqrt(variance) * static_cast<float>(random_.normal(image, number, sample_)[0]);
  }

 private:
  double sigma_;
  std::uint32_t sample_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
