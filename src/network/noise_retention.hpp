#pragma once

#include "network/device_noise.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// Retention. Acts over time, between writing and reading: a wall that was not written exactly to a notch relaxes part
/// of the way to the nearest one. Draws no random numbers.
class RetentionRelaxation {
 public:
  RetentionRelaxation(const DeviceNoise& noise, const DeviceLevels& levels)
      : fraction_(noise.retention_relaxation), levels_(levels) {}

  /// Normalised conductance when a device is read that was written to g.
  [[nodiscard]] double relaxed(double g) const {
    return fraction_ > 0.0 ? g + fraction_ * (levels_.relative[levels_.nearest(g)] - g) : g;
  }

 private:
  double fraction_;
  const DeviceLevels& levels_;
};

}  // namespace spinsweep::network
