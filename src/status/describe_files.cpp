#include "status/describe_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/printable.hpp"
#include "base/words.hpp"
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

/// "4 levels of 20 devices, 1e-05 to 5e-05 S", and on a line of its own "deviation 3.1 % of the range, 2.5 % nearer to
/// another level than to their own".
std::string describe_measured(const network::MeasuredDevices& measured) {
  const auto deviations = measured.deviations();
  const double squares = std::inner_product(deviations.begin(), deviations.end(), deviations.begin(), 0.0);
  const double deviation = std::sqrt(squares / static_cast<double>(deviations.size()));
  return fmt::format(
      "{} of {}, {:g} to {:g} S\n  deviation {:.1f} % of the range, {:.1f} % nearer to another level "
      "than to their own",
      counted(measured.means.size(), "level"), counted(measured.device_count(), "device"), measured.means.front(),
      measured.means.back(), 100.0 * deviation / (measured.means.back() - measured.means.front()),
      100.0 * measured.misread_fraction());
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

std::string describe_network_files(const study::Study& study) {
  std::string text;
  const network::NetworkSettings& settings = study.network;
  for (std::size_t k = 0; k < study.measured.size(); ++k) {
    const network::MeasuredFile& file = settings.measured_devices[k];
    text += fmt::format("\nmeasured devices {}: {} ({})\n  {}\n", printable(file.name), printable(file.file),
                        file.checksum, describe_measured(study.measured[k]));
  }
  if (!settings.model_file.empty()) {
    text +=
        fmt::format("\nnetwork.model_file: {} ({})\n", printable(settings.model_file), settings.model_file_checksum);
  }
  return text;
}

nlohmann::json network_files_as_json(const study::Study& study) {
  nlohmann::json files = nlohmann::json::array();
  for (const network::MeasuredFile& file : study.network.measured_devices) {
    files.push_back({{"key", "network.measured_devices"},
                     {"name", file.file},
                     {"checksum", file.checksum},
                     {"levels", file.levels},
                     {"devices", file.devices}});
  }
  if (!study.network.model_file.empty()) {
    files.push_back({{"key", "network.model_file"},
                     {"name", study.network.model_file},
                     {"checksum", study.network.model_file_checksum}});
  }
  return files;
}

}  // namespace spinsweep::status
