#pragma once

#include <string>
#include <vector>

#include "base/key.hpp"

namespace spinsweep::network {

/// A file of measured devices that takes the place of a simulated synapse.
struct MeasuredFile {
  std::string file = {};
  std::string name = {};
  double unit = 1.0;
  double read_voltage = 0.1;
  double read_duration = 10e-9;
  std::string checksum = {};
  int levels = 0;
  int devices = 0;

  friend bool operator==(const MeasuredFile&, const MeasuredFile&) = default;

  static void declare(auto& key) {
    using F = MeasuredFile;
    using keys::between, keys::positive;
    key("file", &F::file,
        "CSV with the columns level, device and conductance, a row for each measurement; relative to the folder of "
        "the sweep file")
        .is_required = true;
    key("name", &F::name, "name of the devices, without blanks; by default that of the file without folder and ending");
    key("unit", &F::unit, "S", positive, "conductance that the number 1 in the file stands for; 1e-6 of microsiemens");
    key("read_voltage", &F::read_voltage, "V", positive, "read voltage");
    key("read_duration", &F::read_duration, "s", positive, "duration of the read pulse");
    key("checksum", &F::checksum, "checksum that the file must have; recorded when a study begins");
    key("levels", &F::levels, "1", between(0, 1e6),
        "number of levels that the file must have; recorded when a study begins");
    key("devices", &F::devices, "1", between(0, 1e9),
        "number of devices that the file must have; recorded when a study begins");
  }
};

/// Conductances of synapses that an experiment has written.
struct MeasuredDevices {
  std::vector<double> means;                      ///< of each level over its devices, S, ascending
  std::vector<std::vector<double>> conductances;  ///< [level][device], S; NaN: the device was not measured there

  [[nodiscard]] std::size_t device_count() const { return conductances.front().size(); }

  /// Conductances of the devices that were measured at a level, S.
  [[nodiscard]] std::vector<double> known(std::size_t level) const;

  /// Standard deviation of each level over its devices, S; 0 of a level with one device.
  [[nodiscard]] std::vector<double> deviations() const;

  /// Share of all devices whose conductance is nearer to the mean of another level than to that of their own.
  [[nodiscard]] double misread_fraction() const;
};

/// Reads a CSV with the columns level, device and conductance, in any order and with others beside them. Measurements
/// of the same device at the same level are averaged. unit: S. `name` stands for the file in messages. Errors:
/// InputError "file:line: ...", also if there are fewer than two levels or two that cannot be told apart.
[[nodiscard]] MeasuredDevices parse_measured_devices(const std::string& text, const std::string& name, double unit);

}  // namespace spinsweep::network
