#pragma once

#include "network/device_noise.hpp"
#include "network/noise_gaussian.hpp"

namespace spinsweep::network {

/// Programming noise. Acts on writing: a pulse leaves the wall at a normally distributed distance from its target,
/// drawn once for every write. A device sample is written once.
struct ProgrammingNoise : GaussianNoise {
  ProgrammingNoise(const DeviceNoise& noise, std::uint64_t seed)
      : GaussianNoise(noise.programming_noise, seed, CounterRandom::Purpose::programming) {}
};

}  // namespace spinsweep::network
