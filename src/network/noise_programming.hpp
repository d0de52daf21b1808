#pragma once

#include "network/counter_random.hpp"
#include "network/device_noise.hpp"

namespace spinsweep::network {

/// Programming noise. Acts on writing: a pulse leaves the wall at a normally distributed distance from its target,
/// drawn once for every write. A device sample is written once.
class ProgrammingNoise {
 public:
  ProgrammingNoise(const DeviceNoise& noise, std::uint64_t seed)
      : sigma_(noise.programming_noise), random_(seed, CounterRandom::Purpose::programming) {}

  /// Error of the normalised conductance of a device. scale: of noise amplitudes at its target.
  [[nodiscard]] double error(double scale, const DeviceNumber& n) const {
    return sigma_ > 0.0 ? sigma_ * scale * random_.normal(n.device, n.layer, n.sample)[0] : 0.0;
  }

 private:
  double sigma_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
