#pragma once

#include <algorithm>

#include "network/noise_device_to_device.hpp"
#include "network/noise_jumps.hpp"
#include "network/noise_programming.hpp"
#include "network/noise_retention.hpp"
#include "network/noise_simulated.hpp"
#include "network/noise_stuck_at.hpp"
#include "network/noise_unit.hpp"

namespace spinsweep::network {

/// The noise of writing and of the time until a device is read.
class WriteNoise {
 public:
  /// levels outlive this.
  WriteNoise(const DeviceNoise& noise, const DeviceLevels& levels, std::uint64_t seed,
             const LevelTransitions* transitions)
      : unit_(noise, levels),
        stuck_(noise, seed),
        device_to_device_(noise, seed),
        programming_(noise, seed),
        simulated_(noise, levels, seed),
        jumps_(transitions, levels, seed),
        retention_(noise, levels) {}

  [[nodiscard]] const NoiseUnit& unit() const { return unit_; }

  /// Normalised conductances that devices are to be written to: those when they are read take their place.
  void act_on(std::span<double> conductances, const DeviceRun& run) const {
    std::array<double, DeviceRun::longest> room;
    const std::span<double> units = std::span(room).first(conductances.size());
    std::ranges::transform(conductances, units.begin(), unit_);
    simulated_.act_on(conductances, run);
    device_to_device_.act_on(conductances, units, run);
    programming_.act_on(conductances, units, run);
    jumps_.act_on(conductances, run);
    retention_.act_on(conductances);
    stuck_.act_on(conductances, run);
  }

 private:
  NoiseUnit unit_;
  StuckAtFaults stuck_;
  DeviceToDeviceVariation device_to_device_;
  ProgrammingNoise programming_;
  SimulatedWriting simulated_;
  ThermalJumps jumps_;
  RetentionRelaxation retention_;
};

}  // namespace spinsweep::network
