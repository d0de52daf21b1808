#include "study/parameter.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace spinsweep::study {

const std::vector<Parameter>& device_keys() {
  return keys::keys_of<device::DeviceParameters>();
}

const Parameter* find_parameter(const device::Kind& kind, const std::string& path) {
  const auto& list = device_keys();
  const auto found = std::find_if(list.begin(), list.end(), [&](const Parameter& p) {
    return p.path == path && p.is_numeric() && p.is_axis && kind.has_keys_for(p.only_for);
  });
  return found != list.end() ? &*found : nullptr;
}

std::string readable(const Parameter& parameter, double value) {
  if (parameter.unit == "m") {
    return fmt::format("{:g} nm", value * 1e9);
  }
  if (parameter.unit == "s") {
    return fmt::format("{:g} ns", value * 1e9);
  }
  return fmt::format("{:g}", value);
}

std::string variable_name(const std::string& path) {
  std::string name = path;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

}  // namespace spinsweep::study
