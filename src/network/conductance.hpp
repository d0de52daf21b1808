#pragma once

#include <array>
#include <cmath>

#include "network/placement.hpp"

namespace spinsweep::network {

/// The one or two devices that represent a weight, by their normalised conductances g = (G - lowest)/span: 0 at the
/// lowest level, 1 at the highest.
struct WeightDevices {
  std::array<double, 2> g{};
  int count = 1;
};

/// A weight w on the levels of a layer, which are spread over `range`.
[[nodiscard]] inline WeightDevices devices_of_weight(double weight, const Range& range, const Placement& placement) {
  const auto low = static_cast<double>(range.first);
  const double relative = (weight - low) / (static_cast<double>(range.second) - low);
  return placement.differential_pair() ? WeightDevices{placement.pair_at(relative), 2}
                                       : WeightDevices{{relative, 0.0}, 1};
}

[[nodiscard]] inline double weight_of_devices(const WeightDevices& devices, const Range& range) {
  const auto low = static_cast<double>(range.first);
  const double relative = devices.count == 1 ? devices.g[0] : 0.5 * (1.0 + devices.g[0] - devices.g[1]);
  return low + (static_cast<double>(range.second) - low) * relative;
}

/// Derivative of a weight with respect to the normalised conductance of one of its devices.
[[nodiscard]] inline double weight_per_conductance(const Range& range, bool pair) {
  return (static_cast<double>(range.second) - static_cast<double>(range.first)) * (pair ? 0.5 : 1.0);
}

}  // namespace spinsweep::network
