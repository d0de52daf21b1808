#pragma once

#include "network/counter_random.hpp"
#include "network/device_number.hpp"

namespace spinsweep::network {

/// A normally distributed error of the conductance that a device is written to. What tells sources of such errors
/// apart is for how long an error stays the same; a device sample is written once, so here each device has one of
/// each source.
class WrittenNoise {
 public:
  WrittenNoise(double sigma, std::uint64_t seed, CounterRandom::Purpose source)
      : sigma_(sigma), random_(seed, source) {}

  /// Error of the normalised conductance of a device. unit: of noise amplitudes at its target.
  [[nodiscard]] double error(double unit, const DeviceNumber& n) const {
    return sigma_ > 0.0 ? sigma_ * unit * random_.normal(n.device, n.layer, n.sample)[0] : 0.0;
  }

 private:
  double sigma_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
