#include "study/named_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/crc.hpp>

#include "fields/file_field.hpp"

namespace spinsweep::study {

std::string NamedFile::name_in(const device::DeviceParameters& p) const {
  return std::get<std::string>(key->value(p));
}

std::string NamedFile::checksum_in(const device::DeviceParameters& p) const {
  return std::get<std::string>(checksum->value(p));
}

const std::vector<NamedFile>& named_files() {
  static const auto list = [] {
    std::vector<NamedFile> files;
    for (const Parameter& key : device_keys()) {
      const auto checksum = std::ranges::find(device_keys(), key.path + "_checksum", &Parameter::path);
      if (checksum != device_keys().end()) {
        files.push_back({&key, &*checksum});
      }
    }
    return files;
  }();
  return list;
}

std::string checksum_of(const std::string& bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return fmt::format("crc32 {:08x}", crc.checksum());
}

void attach_files(const FileContents& contents, DevicePlan& plan) {
  for (const NamedFile& file : named_files()) {
    const std::string name = file.name_in(plan.base);
    if (!name.empty() && file.is_kept()) {
      plan.base.fields[name] = std::make_shared<fields::FileField>(fields::read_file_field(contents.at(name), name));
    }
  }
  for (device::DeviceParameters& p : plan.cases) {
    p.fields = plan.base.fields;
  }
}

}  // namespace spinsweep::study
