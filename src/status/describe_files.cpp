#include "status/describe_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "device/fields_on_mesh.hpp"
#include "device/track_geometry.hpp"
#include "study/named_files.hpp"
#include "study/parameter.hpp"

namespace spinsweep::status {

namespace {

using device::DeviceParameters;

std::string describe_shape(const DeviceParameters& p) {
  const micromagnetics::Mask mask = device::make_mask(p);
  return fmt::format(", {} of {} cells are magnetic", std::ranges::count(mask, 1), mask.size());
}

/// The values in the magnetic cells.
std::string describe_range(const DeviceParameters& p, const device::MapKey& key, const std::string& unit) {
  const micromagnetics::Mask mask = device::make_mask(p);
  const std::vector<double> map = device::map_of(p, key);
  std::vector<double> values;
  for (std::size_t cell = 0; cell < map.size(); ++cell) {
    if (mask[cell] != 0) {
      values.push_back(map[cell]);
    }
  }
  const auto [least, most] = std::ranges::minmax(values);
  return fmt::format(", {:g} to {:g} {}", least, most, unit);
}

/// Nothing if the file has not been read.
std::string describe_contents(const DeviceParameters& p, const std::string& key, const std::string& name) {
  if (!p.fields.contains(name)) {
    return "";
  }
  if (key == "mask.file") {
    return describe_shape(p);
  }
  for (const device::MapKey& map : {device::saturation_magnetization_map, device::exchange_stiffness_map,
                                    device::anisotropy_map, device::dmi_map}) {
    if (key == map.path) {
      const std::string of_material = "material." + key.substr(key.rfind('.') + 1);
      return describe_range(p, map, study::find_parameter(*p.kind, of_material)->unit);
    }
  }
  return "";
}

}  // namespace

std::string describe_files(const study::DevicePlan& plan) {
  const DeviceParameters& p = plan.cases.front();
  std::string text;
  for (const study::NamedFile& file : study::named_files()) {
    if (const std::string name = file.name_in(p); !name.empty()) {
      text += fmt::format("  {}: {} ({}){}\n", file.key->path, printable(name), file.checksum_in(p),
                          describe_contents(p, file.key->path, name));
    }
  }
  return text;
}

nlohmann::json files_as_json(const study::DevicePlan& plan) {
  const DeviceParameters& p = plan.cases.front();
  nlohmann::json files = nlohmann::json::array();
  for (const study::NamedFile& file : study::named_files()) {
    if (const std::string name = file.name_in(p); !name.empty()) {
      files.push_back({{"key", file.key->path}, {"name", name}, {"checksum", file.checksum_in(p)}});
    }
  }
  return files;
}

}  // namespace spinsweep::status
