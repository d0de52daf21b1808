#include "study/check_wall_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <fstream>
#include <iterator>
#include <vector>

#include "base/error.hpp"
#include "device/state_file.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

namespace {

/// Parameters that decide whether a file fits a track.
bool shapes_the_track(const std::string& path) {
  return path.starts_with("notches.") || path == "length" || path == "edge" || path.starts_with("width") ||
         path.starts_with("disorder.") || path == "thickness" || path == "cell";
}

/// "crc32 1a2b3c4d" of the bytes of a file that can be read.
std::string checksum(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return fmt::format("crc32 {:08x}", crc.checksum());
}

void note_checksum(DevicePlan& plan) {
  device::InitialWall& wall = plan.base.initial_wall;
  const std::string found = checksum(wall.file);
  if (!wall.file_checksum.empty() && wall.file_checksum != found) {
    throw InputError(fmt::format("{} has the checksum \"{}\", expected \"{}\": it has changed", wall.file, found,
                                 wall.file_checksum));
  }
  wall.file_checksum = found;
  for (auto& p : plan.cases) {
    p.initial_wall.file_checksum = found;
  }
}

}  // namespace

void check_wall_file(DevicePlan& plan, const std::string& place) {
  if (plan.base.initial_wall.file.empty()) {
    return;
  }
  for (const auto& axis : plan.axes) {
    if (axis.path.starts_with("initial_wall.")) {
      throw InputError(place + ": initial_wall.file gives the wall, so that sweeping " + axis.path +
                       " would change nothing");
    }
  }
  try {
    const auto field = micromagnetics::read_ovf(plan.base.initial_wall.file);
    std::vector<std::vector<keys::Value>> checked;
    for (const auto& p : plan.cases) {
      std::vector<keys::Value> shape;
      for (const auto& key : device_keys()) {
        if (shapes_the_track(key.path)) {
          shape.push_back(key.value(p));
        }
      }
      if (std::find(checked.begin(), checked.end(), shape) == checked.end()) {
        (void)device::state_from_field(p, field);
        checked.push_back(shape);
      }
    }
    note_checksum(plan);
  } catch (const Error& error) {
    throw InputError(place + ": initial_wall.file " + error.what());
  }
}

}  // namespace spinsweep::study
