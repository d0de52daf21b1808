#pragma once

#include "network/device_noise.hpp"
#include "network/noise_gaussian.hpp"

namespace spinsweep::network {

/// Device-to-device variation. Acts on writing: a device misses every target by the same normally distributed error,
/// since no two devices are fabricated alike.
struct DeviceToDeviceVariation : GaussianNoise {
  DeviceToDeviceVariation(const DeviceNoise& noise, std::uint64_t seed)
      : GaussianNoise(noise.device_to_device_sigma, seed, CounterRandom::Purpose::device_to_device) {}
};

}  // namespace spinsweep::network
