#pragma once

#include <span>

#include "network/device_noise.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// Retention. Acts over time, between writing and reading: a wall that was not written exactly to a notch relaxes part
/// of the way to the nearest one. Draws no random numbers.
class RetentionRelaxation {
 public:
  RetentionRelaxation(const DeviceNoise& noise, const DeviceLevels& levels)
      : fraction_(noise.retention_relaxation), levels_(levels) {}

  /// Normalised conductances of devices that were written: those when they are read take their place.
  void act_on(std::span<double> conductances) const {
    if (!(fraction_ > 0.0)) {
      return;
    }
    for (double& g : conductances) {
      g += fraction_ * (levels_.relative[levels_.nearest(g)] - g);
    }
  }

 private:
  double fraction_;
  const DeviceLevels& levels_;
};

}  // namespace spinsweep::network
