#pragma once

#include <optional>
#include <string>
#include <vector>

#include "device/parameters.hpp"

namespace spinsweep::study {

/// One numeric key of [material] or of a device section, declared once: the parser, the axes and the results file all
/// read this table.
struct Parameter {
  std::string path;  ///< as an axis names it: "material.dmi", "pulse.current_density", "length"
  std::string unit;  ///< SI, "1" if it has none
  std::string long_name;
  bool integer = false;
  double lowest = 0.0;   ///< smallest value that is accepted
  double highest = 0.0;  ///< largest value that is accepted
  double (*get)(const device::DeviceParameters&) = nullptr;
  void (*set)(device::DeviceParameters&, double) = nullptr;
  bool (*given)(const device::DeviceParameters&) = nullptr;  ///< false if it follows from other parameters
  bool neuron_only = false;
};

/// Every parameter, in the order of the documentation.
[[nodiscard]] const std::vector<Parameter>& parameters();

/// The parameter of that path that the device has, or nullptr.
[[nodiscard]] const Parameter* find_parameter(device::Kind kind, const std::string& path);

/// The candidate most like `word`, or an empty string if none is alike.
[[nodiscard]] std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

/// The value with its unit as people write it: lengths in nm, times in ns, everything else in SI.
[[nodiscard]] std::string readable(const Parameter& parameter, double value);

/// "pulse.current_density" -> "pulse_current_density", its name in the results file.
[[nodiscard]] std::string variable_name(const std::string& path);

}  // namespace spinsweep::study
