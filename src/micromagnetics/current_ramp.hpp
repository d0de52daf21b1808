#pragma once

#include <algorithm>
#include <cmath>

namespace spinsweep::micromagnetics {

/// The current density (A/m^2) between two corners of its course, linear in time.
struct CurrentRamp {
  double begin = 0.0;     ///< s
  double end = 0.0;       ///< s
  double at_begin = 0.0;  ///< A/m^2
  double at_end = 0.0;    ///< A/m^2

  /// Has no corners, so that equal constants are equal.
  static CurrentRamp constant(double current_density) { return {0.0, 0.0, current_density, current_density}; }

  [[nodiscard]] bool is_constant() const { return at_begin == at_end; }
  /// A/m^2, at a time (s) between the corners.
  [[nodiscard]] double at(double time) const {
    return is_constant() ? at_begin : at_begin + (at_end - at_begin) * ((time - begin) / (end - begin));
  }
  /// The largest modulus, A/m^2.
  [[nodiscard]] double strength() const { return std::max(std::abs(at_begin), std::abs(at_end)); }

  bool operator==(const CurrentRamp&) const = default;
};

}  // namespace spinsweep::micromagnetics
