#pragma once

#include <vector>

namespace spinsweep {

/// Numbers that differ by more than `resolution`, ascending: of those that lie closer, the first.
[[nodiscard]] std::vector<double> distinct(std::vector<double> values, double resolution);

}  // namespace spinsweep
