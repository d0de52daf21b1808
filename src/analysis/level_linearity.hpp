#pragma once

#include <span>
#include <vector>

namespace spinsweep::analysis {

/// How evenly a device's levels lie. Nonlinearities in units of the mean spacing, as for a converter: IEEE Std
/// 1241-2010, section 9 (end-point line).
struct LevelLinearity {
  std::vector<double> spacing;  ///< from each level to the next
  double mean_spacing = 0.0;
  double spacing_variation = 0.0;          ///< standard deviation over mean of the spacing
  double differential_nonlinearity = 0.0;  ///< largest |spacing - mean| in mean spacings
  double integral_nonlinearity =
      0.0;                     ///< largest distance of a level from the line through both ends, in mean spacings
  double determination = 0.0;  ///< R^2 of the least-squares line of level against its number
};

/// levels: ascending, at least two. Errors: Error if there are fewer or they do not ascend.
[[nodiscard]] LevelLinearity level_linearity(std::span<const double> levels);

}  // namespace spinsweep::analysis
