#pragma once

#include <string>

namespace spinsweep::tests {

/// A point of the space of parameters that the adaptive control must cope with.
struct ControlPoint {
  double current_density = 0.0;  ///< A/m^2
  double damping = 0.0;          ///< 1
  double dmi = 0.0;              ///< J/m^2
  double cell = 0.0;             ///< m

  [[nodiscard]] std::string text() const;
};

/// How a driven wall fares there.
struct ControlFigures {
  double mean_difference = 0.0;     ///< of <m> from the run at a tenth of the tolerance
  double largest_difference = 0.0;  ///< of m of any cell from that run
  double length_error = 0.0;        ///< largest | |m| - 1 |
};

/// Drives a wall in a small track (`columns` by `rows` cells) for `duration` (s), at a tolerance of 1e-5 and at a tenth
/// of it, and compares the ends.
[[nodiscard]] ControlFigures control_figures(const ControlPoint& point, int columns, int rows, double duration);

}  // namespace spinsweep::tests
