#pragma once

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

  /// Normalised conductance when a device is read that is to be written to `target`.
  [[nodiscard]] double conductance_when_read(double target, const DeviceNumber& number) const {
    if (const auto stuck = stuck_.stuck_conductance(number)) {
      return *stuck;
    }
    const double unit = unit_(target);
    double g = simulated_.written(target, number);
    g += device_to_device_.error(unit, number);
    g += programming_.error(unit, number);
    return retention_.relaxed(jumps_.jumped(g, number));
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

/// The number of a device of a weight in a sample. side: of a pair.
[[nodiscard]] inline DeviceNumber device_number(std::size_t weight, int side, int layer, std::uint32_t sample) {
  return {static_cast<std::uint32_t>(2 * weight) + static_cast<std::uint32_t>(side), static_cast<std::uint32_t>(layer),
          sample};
}

}  // namespace spinsweep::network
