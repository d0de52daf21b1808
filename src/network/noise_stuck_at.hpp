#pragma once

#include "network/device_noise.hpp"
#include "network/device_run.hpp"

namespace spinsweep::network {

/// Stuck-at faults. Act on writing: a faulty device ignores the write and stays at its lowest or its highest level,
/// each with the same probability. No other error of writing and no relaxation moves it.
class StuckAtFaults {
 public:
  StuckAtFaults(const DeviceNoise& noise, std::uint64_t seed)
      : fraction_(noise.stuck_at_fraction), random_(seed, CounterRandom::Purpose::stuck_at) {}

  /// Moves the faulty ones of the devices to their normalised conductance, 0 or 1.
  void act_on(std::span<double> conductances, const DeviceRun& run) const {
    if (!(fraction_ > 0.0)) {
      return;
    }
    std::array<double, DeviceRun::longest> room;
    const std::span<const double> draws = uniform_numbers(random_, run, conductances.size(), room);
    for (std::size_t k = 0; k < conductances.size(); ++k) {
      if (draws[k] < fraction_) {
        conductances[k] = draws[k] < 0.5 * fraction_ ? 0.0 : 1.0;
      }
    }
  }

 private:
  double fraction_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
