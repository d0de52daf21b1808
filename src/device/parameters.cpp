#include "device/parameters.hpp"

#include <algorithm>

namespace spinsweep::device {

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

std::string group_name(Kind kind) {
  return kind == Kind::neuron ? "neuron" : "synapse";
}

DeviceParameters default_parameters(Kind kind) {
  DeviceParameters parameters;
  parameters.kind = kind;
  if (kind == Kind::neuron) {
    parameters.track = {.length = 512e-9, .width = 64e-9, .thickness = 2e-9, .cell = 1e-9};
    parameters.initial_wall.position = 64e-9;
    parameters.pulse = {.current_density = 0.3e12, .duration = 3e-9, .relaxation = 0.0};
    parameters.mtj.window = {.from = 128e-9, .to = 384e-9};
  } else {
    parameters.track = {.length = 1500e-9, .width = 150e-9, .thickness = 2e-9, .cell = 3e-9};
    parameters.notches.count = 5;
    parameters.pulse = {.current_density = 0.5e12, .duration = 10e-9, .relaxation = 10e-9};
  }
  return parameters;
}

}  // namespace spinsweep::device
