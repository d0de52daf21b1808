#pragma once

#include <functional>

namespace spinsweep::micromagnetics {

/// The temperature of the thermal noise as a function of time.
struct NoiseTemperature {
  std::function<double(double time)> at;  ///< K, of a time in s
  double largest = 0.0;                   ///< K
};

}  // namespace spinsweep::micromagnetics
