#pragma once

#include <optional>

#include "network/device_noise.hpp"
#include "network/noise_gaussian.hpp"

namespace spinsweep::network {

/// Stuck-at faults. Act on writing: a faulty device ignores the write and stays at its lowest or its highest level,
/// each with the same probability. No other error of writing and no relaxation moves it.
class StuckAtFaults {
 public:
  StuckAtFaults(const DeviceNoise& noise, std::uint64_t seed)
      : fraction_(noise.stuck_at_fraction), random_(seed, CounterRandom::Purpose::stuck_at) {}

  /// The normalised conductance of a faulty device, 0 or 1; nothing for a working one.
  [[nodiscard]] std::optional<double> stuck_conductance(const DeviceNumber& n) const {
    if (fraction_ > 0.0) {
      const double draw = random_.uniform(n.device, n.layer, n.sample);
      if (draw < fraction_) {
        return draw < 0.5 * fraction_ ? 0.0 : 1.0;
      }
    }
    return std::nullopt;
  }

 private:
  double fraction_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
