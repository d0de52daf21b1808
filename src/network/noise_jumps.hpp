#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "network/device_run.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// Probabilities that a device which was written to one level is at another, or has lost its wall, after some time at
/// some temperature.
struct LevelTransitions {
  std::vector<double> probability;  ///< [written][after], levels ascending as in DeviceLevels
  /// That the wall has left the track over its left or its right end, [written][end]; empty: never.
  std::vector<double> loss = {};
  std::array<double, 2> without_wall = {};  ///< normalised conductance after that

  template <class Archive>
  void serialize(Archive& archive, unsigned /*version*/) {
    archive& probability& loss& without_wall[0] & without_wall[1];
  }
};

/// Thermally activated jumps. Act over time, between writing and reading: the wall of a device has moved from the level
/// that it was written to, the nearest to its conductance, to another one or out of the track. The device takes its
/// deviation from the level along. It has the same random number for every time and temperature, so that accuracies at
/// different ones differ by the devices alone that have moved in between.
class ThermalJumps {
 public:
  /// transitions: of `levels`, which outlive this; null: nothing jumps.
  ThermalJumps(const LevelTransitions* transitions, const DeviceLevels& levels, std::uint64_t seed)
      : transitions_(transitions), levels_(levels), random_(seed, CounterRandom::Purpose::thermal_jumps) {}

  /// Normalised conductances of devices that were written: those when they are read take their place.
  void act_on(std::span<double> conductances, const DeviceRun& run) const {
    if (transitions_ == nullptr) {
      return;
    }
    std::array<double, DeviceRun::longest> room;
    const std::span<const double> draws = uniform_numbers(random_, run, conductances.size(), room);
    for (std::size_t k = 0; k < conductances.size(); ++k) {
      const std::size_t written = levels_.nearest(conductances[k]);
      const double now = level_after(written, draws[k]);
      if (now != levels_.relative[written]) {
        conductances[k] += now - levels_.relative[written];
      }
    }
  }

 private:
  /// Normalised. draw: uniform in [0, 1); small ones stay.
  [[nodiscard]] double level_after(std::size_t written, double draw) const {
    const std::size_t levels = levels_.relative.size();
    const auto probability = [&](std::size_t level) { return transitions_->probability[written * levels + level]; };
    double left = draw - probability(written);
    if (left < 0.0) {
      return levels_.relative[written];
    }
    for (std::size_t level = 0; level < levels; ++level) {
      if (level != written) {
        left -= probability(level);
        if (left < 0.0) {
          return levels_.relative[level];
        }
      }
    }
    const auto& ends = transitions_->without_wall;
    for (std::size_t end = 0; end < ends.size() && !transitions_->loss.empty(); ++end) {
      left -= transitions_->loss[written * ends.size() + end];
      if (left < 0.0) {
        return ends[end];
      }
    }
    return levels_.relative[written];
  }

  const LevelTransitions* transitions_;
  const DeviceLevels& levels_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
