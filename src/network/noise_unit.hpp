#pragma once

#include "network/device_noise.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// The unit of noise amplitudes, in units of the range of levels.
class NoiseUnit {
 public:
  NoiseUnit(const DeviceNoise& noise, const DeviceLevels& levels)
      : scale_(noise.scale), lowest_(levels.lowest / levels.span) {}

  /// g: normalised conductance of the device, 0 at its lowest and 1 at its highest level.
  [[nodiscard]] double operator()(double g) const { return scale_ == NoiseScale::relative ? g + lowest_ : 1.0; }

 private:
  NoiseScale scale_;
  double lowest_;
};

}  // namespace spinsweep::network
