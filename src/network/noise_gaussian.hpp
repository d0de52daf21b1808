#pragma once

#include "network/device_run.hpp"

namespace spinsweep::network {

/// A normally distributed error of the conductance that a device is written to, one for each device of a sample.
class GaussianNoise {
 public:
  GaussianNoise(double sigma, std::uint64_t seed, CounterRandom::Purpose source)
      : sigma_(sigma), random_(seed, source) {}

  /// Adds the error of every device to its normalised conductance. units: of noise amplitudes at their targets.
  void act_on(std::span<double> conductances, std::span<const double> units, const DeviceRun& run) const {
    if (!(sigma_ > 0.0)) {
      return;
    }
    std::array<float, DeviceRun::longest> room;
    const std::span<float> numbers = std::span(room).first(conductances.size());
    random_.fill_normal(run.first, 2, run.layer, run.sample, numbers);
    for (std::size_t k = 0; k < conductances.size(); ++k) {
      conductances[k] += sigma_ * units[k] * static_cast<double>(numbers[k]);
    }
  }

 private:
  double sigma_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
