#include "device/parameters.hpp"

namespace spinsweep::device {

double even_pitch(const DeviceParameters& parameters) {
  return parameters.notches.count > 0 ? parameters.track.length / parameters.notches.count : 0.0;
}

DeviceParameters default_parameters(Kind kind) {
  DeviceParameters parameters;
  parameters.kind = kind;
  if (kind == Kind::neuron) {
    parameters.track = {.length = 512e-9, .width = 64e-9, .thickness = 2e-9, .cell = 1e-9};
    parameters.wall.position = 64e-9;
    parameters.pulse = {.current_density = 0.3e12, .duration = 3e-9, .rest = 0.0};
    parameters.detector = {.from = 128e-9, .to = 384e-9};
  } else {
    parameters.track = {.length = 1500e-9, .width = 150e-9, .thickness = 2e-9, .cell = 3e-9};
    parameters.notches.count = 5;
    parameters.wall.position = 150e-9;
    parameters.pulse = {.current_density = 0.5e12, .duration = 10e-9, .rest = 10e-9};
  }
  return parameters;
}

}  // namespace spinsweep::device
