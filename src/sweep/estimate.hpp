#pragma once

#include "device/parameters.hpp"

namespace spinsweep::sweep {

/// Cost of a case as foreseen.
struct Estimate {
  double seconds = 0.0;  ///< on one core
  double bytes = 0.0;    ///< in the results file
};

[[nodiscard]] Estimate estimate(const device::DeviceParameters& parameters);

}  // namespace spinsweep::sweep
