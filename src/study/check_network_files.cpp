#include "study/check_network_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

#include "base/error.hpp"
#include "base/printable.hpp"
#include "fields/file_field.hpp"
#include "study/named_files.hpp"

namespace spinsweep::study {

namespace {

/// Notes a property that a file has been found to have. Errors: InputError if another value than `found` was noted.
template <class Value>
void note(const std::string& file, const std::string& property, const Value& found, Value& noted) {
  if (noted != Value() && noted != found) {
    throw InputError(
        fmt::format("{} has the {} {}, expected {}: it has changed", printable(file), property, found, noted));
  }
  noted = found;
}

/// Whether results files, where a blank ends a name, can have it as one of several choices.
bool may_be_in_a_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80U || std::string_view("._-+@").find(c) != std::string_view::npos;
}

void check_name(network::MeasuredFile& file) {
  if (file.name.empty()) {
    file.name = std::filesystem::path(file.file).stem().string();
    std::ranges::replace_if(
        file.name, [](char c) { return !may_be_in_a_name(c); }, '_');
  }
  if (!std::ranges::all_of(file.name, may_be_in_a_name)) {
    throw InputError(
        fmt::format("the name \"{}\" has other characters than letters, digits and . _ - + @", printable(file.name)));
  }
}

network::MeasuredDevices read_measured_file(const std::filesystem::path& folder, network::MeasuredFile& file,
                                            FileContents& contents) {
  file.file = (folder / file.file).lexically_normal().string();
  check_name(file);
  const std::string bytes = fields::read_bytes(file.file);
  auto measured = network::parse_measured_devices(bytes, file.file, file.unit);
  note(file.file, "checksum", checksum_of(bytes), file.checksum);
  note(file.file, "number of levels", static_cast<int>(measured.means.size()), file.levels);
  note(file.file, "number of devices", static_cast<int>(measured.device_count()), file.devices);
  contents[file.file] = bytes;
  return measured;
}

}  // namespace

void read_measured_files(const std::filesystem::path& folder, const toml::node& section, Study& study) {
  std::set<std::string> names;
  for (network::MeasuredFile& file : study.network.measured_devices) {
    try {
      study.measured.push_back(read_measured_file(folder, file, study.file_contents));
    } catch (const Error& error) {
      fail(section, fmt::format("network.measured_devices: {}", error.what()));
    }
    if (!names.insert(file.name).second) {
      fail(section, fmt::format("two of network.measured_devices are called {}, expected different names",
                                printable(file.name)));
    }
  }
}

void attach_measured_devices(Study& study) {
  study.measured.clear();
  for (const network::MeasuredFile& file : study.network.measured_devices) {
    study.measured.push_back(network::parse_measured_devices(study.file_contents.at(file.file), file.file, file.unit));
  }
}

void check_model_file(const toml::node& section, network::NetworkSettings& settings) {
  if (settings.model_file.empty()) {
    return;
  }
  try {
    note(settings.model_file, "checksum", checksum_of(fields::read_bytes(settings.model_file)),
         settings.model_file_checksum);
  } catch (const Error& error) {
    fail(section, fmt::format("network.model_file: {}", error.what()));
  }
}

}  // namespace spinsweep::study
