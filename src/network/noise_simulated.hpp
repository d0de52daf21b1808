#pragma once

#include "network/device_noise.hpp"
#include "network/device_run.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// Simulated or measured writes. Act on writing: a device is left with the conductance of one of the realisations that
/// have written its level, or of one of the devices that were measured at it, drawn once for every write. A device
/// sample is written once.
class SimulatedWriting {
 public:
  SimulatedWriting(const DeviceNoise& noise, const DeviceLevels& levels, std::uint64_t seed)
      : is_on_(noise.errors != DeviceErrors::assumed),
        levels_(levels),
        random_(seed, CounterRandom::Purpose::simulated_writing) {}

  /// Normalised conductances of devices that are to be written to levels: what they are written to takes their place.
  void act_on(std::span<double> conductances, const DeviceRun& run) const {
    if (!is_on_) {
      return;
    }
    std::array<double, DeviceRun::longest> room;
    const std::span<const double> draws = uniform_numbers(random_, run, conductances.size(), room);
    for (std::size_t k = 0; k < conductances.size(); ++k) {
      const auto& writes = levels_.written.at(levels_.nearest(conductances[k]));
      conductances[k] = writes[static_cast<std::size_t>(draws[k] * static_cast<double>(writes.size()))];
    }
  }

 private:
  bool is_on_;
  const DeviceLevels& levels_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
