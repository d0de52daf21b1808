#pragma once

#include <cstdint>

#include "network/placement.hpp"

namespace spinsweep::network {

/// How far the conductances of real devices are from their levels. Each source of noise is a class in a file of its
/// own, which says when it acts: noise_device_to_device.hpp, noise_programming.hpp, noise_stuck_at.hpp,
/// noise_retention.hpp, noise_read.hpp.
struct DeviceNoise {
  double device_to_device_sigma = 0.0;  ///< standard deviation of G from device to device
  double programming_noise = 0.0;       ///< standard deviation of G from write to write
  double read_noise = 0.0;              ///< standard deviation of G from read to read
  bool relative = false;              ///< the three above: in units of G itself, not of the largest minus the smallest
                                      ///< level
  double stuck_at_fraction = 0.0;     ///< fraction of devices stuck at their lowest or their highest level
  double retention_relaxation = 0.0;  ///< fraction of the way to the nearest level that a wall relaxes before reading
};

/// One device of one device sample. The random numbers of every source of noise depend on this and on the seed alone,
/// so that any rank can draw any of them.
struct DeviceNumber {
  std::uint32_t device = 0;  ///< within its layer
  std::uint32_t layer = 0;
  std::uint32_t sample = 0;
};

/// The unit of noise amplitudes: 1 where they are given in units of the range of levels, the device's own conductance
/// where they are relative to it.
class NoiseScale {
 public:
  NoiseScale(const DeviceNoise& noise, const DeviceLevels& levels)
      : is_relative_(noise.relative), lowest_(levels.lowest / levels.span) {}

  /// In units of the range of levels. g: normalised conductance of the device, 0 at its lowest and 1 at its highest
  /// level.
  [[nodiscard]] double operator()(double g) const { return is_relative_ ? g + lowest_ : 1.0; }

 private:
  bool is_relative_;
  double lowest_;
};

}  // namespace spinsweep::network
