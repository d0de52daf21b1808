#pragma once

#include <algorithm>

#include "network/device_noise.hpp"
#include "network/noise_gaussian.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// Simulated or measured writes. Act on writing: a device is left with the conductance of one of the realisations that
/// have written its level, or of one of the devices that were measured at it, drawn once for every write. A device
/// sample is written once.
class SimulatedWriting {
 public:
  SimulatedWriting(const DeviceNoise& noise, const DeviceLevels& levels, std::uint64_t seed)
      : is_on_(noise.errors != DeviceErrors::invented),
        levels_(levels),
        random_(seed, CounterRandom::Purpose::simulated_writing) {}

  /// Normalised conductance of a device that is to be written to `target`, which is a level.
  [[nodiscard]] double written(double target, const DeviceNumber& n) const {
    if (!is_on_) {
      return target;
    }
    const auto distance = [target](double level) { return std::abs(level - target); };
    const auto nearest = std::ranges::min_element(levels_.relative, {}, distance);
    const auto& writes = levels_.written.at(static_cast<std::size_t>(nearest - levels_.relative.begin()));
    const double draw = random_.uniform(n.device, n.layer, n.sample) * static_cast<double>(writes.size());
    return writes[static_cast<std::size_t>(draw)];
  }

 private:
  bool is_on_;
  const DeviceLevels& levels_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
