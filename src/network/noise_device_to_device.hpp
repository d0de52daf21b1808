#pragma once

#include "network/counter_random.hpp"
#include "network/device_noise.hpp"

namespace spinsweep::network {

/// Device-to-device variation. Acts on writing: a device misses every target by the same normally distributed error,
/// since no two devices are fabricated alike.
class DeviceToDeviceVariation {
 public:
  DeviceToDeviceVariation(const DeviceNoise& noise, std::uint64_t seed)
      : sigma_(noise.device_to_device_sigma), random_(seed, CounterRandom::Purpose::device_to_device) {}

  /// Error of the normalised conductance of a device. scale: of noise amplitudes at its target.
  [[nodiscard]] double error(double scale, const DeviceNumber& n) const {
    return sigma_ > 0.0 ? sigma_ * scale * random_.normal(n.device, n.layer, n.sample)[0] : 0.0;
  }

 private:
  double sigma_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
