#pragma once

#include "network/counter_random.hpp"

namespace spinsweep::network {

/// One device of one device sample. The random numbers of every source of noise depend on this and on the seed alone,
/// so that any rank can draw any of them.
struct DeviceNumber {
  std::uint32_t device = 0;  ///< within its layer
  std::uint32_t layer = 0;
  std::uint32_t sample = 0;
};

/// A normally distributed error of the conductance that a device is written to, one for each device of a sample.
class GaussianNoise {
 public:
  GaussianNoise(double sigma, std::uint64_t seed, CounterRandom::Purpose source)
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
