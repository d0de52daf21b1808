#include "study/parameter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace spinsweep::study {

const std::vector<Parameter>& device_keys() {
  return keys::keys_of<device::DeviceParameters>();
}

const Parameter* find_parameter(const device::Kind& kind, const std::string& path) {
  const auto& list = device_keys();
  const auto found = std::find_if(list.begin(), list.end(), [&](const Parameter& p) {
    return p.path == path && p.can_be_swept() && kind.has_keys_for(p.only_for);
  });
  return found != list.end() ? &*found : nullptr;
}

std::string value_text(const Parameter& parameter, double value) {
  return parameter.is_choice() ? parameter.choices.at(static_cast<std::size_t>(std::llround(value)))
                               : fmt::format("{:g}", value);
}

std::string readable(const Parameter& parameter, double value) {
  if (parameter.unit == "m") {
    return fmt::format("{:g} nm", value * 1e9);
  }
  if (parameter.unit == "s") {
    return fmt::format("{:g} ns", value * 1e9);
  }
  return value_text(parameter, value);
}

std::string variable_name(const std::string& path) {
  std::string name = path;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

}  // namespace spinsweep::study
