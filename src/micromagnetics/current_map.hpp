#pragma once

#include <vector>

namespace spinsweep::micromagnetics {

/// A current density that varies from cell to cell, in the order of a Mask, over that of the pulse: the mean over the
/// whole cell, of which the edge of the track may leave a part.
struct CurrentMap {
  std::vector<double> x;
  std::vector<double> y;
};

}  // namespace spinsweep::micromagnetics
