#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "device/demag_cache.hpp"
#include "device/parameters.hpp"
#include "engine/worker.hpp"
#include "programming/levels.hpp"
#include "programming/programming_table.hpp"

namespace spinsweep::programming {

/// A device after a pulse.
struct Written {
  std::vector<double> m;     ///< magnetisation
  double position = 0.0;     ///< of the wall, m
  double conductance = 0.0;  ///< S
  double walls = 0.0;        ///< number of walls
  double energy = 0.0;       ///< Joule heat of the pulse, J
};

/// What is known of a device before it is written: its reset state, its levels, and which amplitude writes them at zero
/// temperature.
struct WritingPlan {
  std::vector<double> reset;  ///< magnetisation of the initial wall
  Levels levels;              ///< at least two
  /// Amplitude above which the wall leaves each level, A/m^2, positive; of a pulse train not looked for.
  std::vector<std::optional<double>> upper;

  /// The amplitude in the middle of those that write the level at zero temperature, A/m^2: 0 for the reset state;
  /// nothing if there is none below `largest`.
  [[nodiscard]] std::optional<double> amplitude(std::size_t level, double largest) const;
};

/// Why a device cannot be written whose wall ends at `position` (m) after these pulses: "after 20 of 1e+11 A/m2".
[[nodiscard]] std::string not_moved(const std::string& pulses, double position, double reset);

/// The device with one pulse of that shape: a train, the way back and a reset pulse are left out, since what is written
/// starts from the initial wall, and each pulse is one.
[[nodiscard]] device::DeviceParameters with_one_pulse(device::DeviceParameters parameters);

/// The largest temperature rise in the middle of the track by one pulse of that amplitude (A/m^2), K.
[[nodiscard]] double rise_by_pulse(const device::DeviceParameters& parameters, double amplitude);

/// Pulses on one device, each as with_one_pulse() has it. The initial wall of the case is its reset state.
class WritableDevice {
 public:
  /// settings must outlive the device, as must the worker, by which every simulation is watched.
  WritableDevice(const device::DeviceParameters& parameters, const Settings& settings,
                 std::shared_ptr<micromagnetics::DemagField> demag, double time_limit);

  /// Of a pulse with that current density (A/m^2, signed) on a magnetisation, at the temperature of the material.
  [[nodiscard]] Written pulse(const std::vector<double>& m, double current_density, std::uint64_t noise_seed,
                              engine::Worker& worker) const;

  /// Finds levels and amplitudes. Errors: SimulationError if there are fewer than two levels, or if no pulse moves the
  /// wall.
  [[nodiscard]] WritingPlan plan(engine::Worker& worker) const;

  /// A wall in its reset state.
  [[nodiscard]] std::vector<double> reset_state(engine::Worker& worker) const;
  [[nodiscard]] Written look_at(std::vector<double> m) const;

  [[nodiscard]] const Settings& settings() const { return settings_; }
  /// 1, or -1 where pulse.current_density is negative.
  [[nodiscard]] double sign() const { return parameters_.pulse.current_density < 0.0 ? -1.0 : 1.0; }
  [[nodiscard]] double current_density() const { return parameters_.pulse.current_density; }

 private:
  [[nodiscard]] Written simulate(const device::DeviceParameters& p, const std::vector<double>& m,
                                 engine::Worker& worker) const;
  [[nodiscard]] std::vector<Level> notch_levels(engine::Worker& worker) const;
  /// Where the wall is at zero temperature when pulses have moved it farther than `resolution` (m): the weakest of the
  /// scanned_amplitudes() that does so in one pulse, or else, of methods that give several, the pulses of a train or
  /// the strongest pulse again and again. If none moves it that far, the farthest position. position_after: of one
  /// pulse of an amplitude. Errors: SimulationError if they do not move it to another level.
  [[nodiscard]] double farthest_position(const Written& reset, double resolution,
                                         const std::function<double(double amplitude)>& position_after,
                                         engine::Worker& worker) const;

  device::DeviceParameters parameters_;
  const Settings& settings_;
  std::shared_ptr<micromagnetics::DemagField> demag_;
  double time_limit_;
};

}  // namespace spinsweep::programming
