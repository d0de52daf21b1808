#pragma once

#include <string>
#include <vector>

#include "base/key_table.hpp"
#include "device/parameters.hpp"

namespace spinsweep::study {

/// A key of [material], [solver] or a device section. Those that are numbers or choices can be axes; an axis counts a
/// choice by its index.
using Parameter = keys::Key<device::DeviceParameters>;

/// All of them, in the order of the documentation.
[[nodiscard]] const std::vector<Parameter>& device_keys();

/// The key of that path, of those that can be swept, that the device has, or nullptr.
[[nodiscard]] const Parameter* find_parameter(const device::Kind& kind, const std::string& path);

/// The value of an axis as a number or the name of a choice.
[[nodiscard]] std::string value_text(const Parameter& parameter, double value);

/// The value with its unit as people write it: lengths in nm, times in ns, everything else in SI.
[[nodiscard]] std::string readable(const Parameter& parameter, double value);

/// "pulse.current_density" -> "pulse_current_density", its name in the results file.
[[nodiscard]] std::string variable_name(const std::string& path);

}  // namespace spinsweep::study
