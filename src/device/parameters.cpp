#include "device/parameters.hpp"

#include <algorithm>

#include "device/track_geometry.hpp"

namespace spinsweep::device {

namespace {

template <class... Listed>
std::vector<const Kind*> objects_of(const KindList<Listed...>& /*list*/) {
  return {&kind_of<Listed>...};
}

}  // namespace

const std::vector<const Kind*>& kinds() {
  static const auto list = objects_of(Kinds());
  return list;
}

double even_pitch(const DeviceParameters& parameters) {
  return parameters.notches.count > 0 ? parameters.track.length / parameters.notches.count : 0.0;
}

double notch_width(const DeviceParameters& parameters) {
  return parameters.notches.width.value_or(parameters.notches.diameter);
}

double notch_depth(const DeviceParameters& parameters) {
  return parameters.notches.depth.value_or(0.5 * parameters.notches.diameter);
}

bool has_counted_notches(const DeviceParameters& parameters) {
  return parameters.notches.list.empty();
}

double width_at_end(const DeviceParameters& parameters) {
  return parameters.track.width_end.value_or(parameters.track.width);
}

double material_anisotropy(const DeviceParameters& parameters) {
  return parameters.material.anisotropy;
}

double material_dmi(const DeviceParameters& parameters) {
  return parameters.material.dmi;
}

double track_length(const DeviceParameters& parameters) {
  return parameters.track.length;
}

double middle_of_track(const DeviceParameters& parameters) {
  return 0.5 * parameters.track.length;
}

double default_wall_position(const DeviceParameters& parameters) {
  if (!has_counted_notches(parameters)) {
    const std::vector<double> positions = notch_positions(parameters.track, parameters.notches);
    const double first = positions.front();
    return first - 0.5 * (positions.size() > 1 ? std::min(first, positions[1] - first) : first);
  }
  if (parameters.notches.count == 0) {
    return 0.1 * parameters.track.length;
  }
  const double first = parameters.notches.first.value_or(even_pitch(parameters));
  const double pitch = parameters.notches.pitch.value_or(even_pitch(parameters));
  return first - 0.5 * std::min(first, pitch);
}

double initial_wall_position(const DeviceParameters& parameters) {
  return initial_walls(parameters).front().x;
}

std::vector<ListedWall> initial_walls(const DeviceParameters& parameters) {
  const InitialWall& wall = parameters.initial_wall;
  if (wall.list.empty()) {
    return {{.x = wall.position.value_or(default_wall_position(parameters)), .tilt = wall.tilt}};
  }
  std::vector<ListedWall> walls = wall.list;
  std::ranges::stable_sort(walls, {}, &ListedWall::x);
  return walls;
}

DeviceParameters with_straight_wall_at(DeviceParameters parameters, double position) {
  InitialWall& wall = parameters.initial_wall;
  wall.position = position;
  wall.tilt = 0.0;
  wall.list.clear();
  wall.file.clear();
  return parameters;
}

}  // namespace spinsweep::device
