#include "study/check_wall_file.hpp"

#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "device/state_file.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

namespace {

/// Parameters that decide whether a file fits a track.
bool shapes_the_track(const std::string& path) {
  return path.starts_with("notches.") || path == "length" || path == "width" || path == "thickness" || path == "cell";
}

}  // namespace

void check_wall_file(const DevicePlan& plan, const std::string& place) {
  if (plan.base.wall.file.empty()) {
    return;
  }
  for (const auto& axis : plan.axes) {
    if (axis.path.starts_with("wall.")) {
      throw InputError(place + ": wall.file gives the wall, so that sweeping " + axis.path + " would change nothing");
    }
  }
  try {
    const auto field = micromagnetics::read_ovf(plan.base.wall.file);
    std::vector<std::vector<double>> checked;
    for (const auto& p : plan.cases) {
      std::vector<double> shape;
      for (const auto& parameter : parameters()) {
        if (shapes_the_track(parameter.path)) {
          shape.push_back(parameter.get(p));
        }
      }
      if (std::find(checked.begin(), checked.end(), shape) == checked.end()) {
        (void)device::state_from_field(p, field);
        checked.push_back(shape);
      }
    }
  } catch (const Error& error) {
    throw InputError(place + ": wall.file " + error.what());
  }
}

}  // namespace spinsweep::study
