#include "device/parameters.hpp"

#include <algorithm>

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

double default_wall_position(const DeviceParameters& parameters) {
  if (parameters.notches.count == 0) {
    return 0.1 * parameters.track.length;
  }
  const double first = parameters.notches.first.value_or(even_pitch(parameters));
  const double pitch = parameters.notches.pitch.value_or(even_pitch(parameters));
  return first - 0.5 * std::min(first, pitch);
}

double initial_wall_position(const DeviceParameters& parameters) {
  return parameters.initial_wall.position.value_or(default_wall_position(parameters));
}

}  // namespace spinsweep::device
