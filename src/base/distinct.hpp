#pragma once

#include <vector>

namespace spinsweep {

/// The numbers in ascending order without those that exceed the last one kept by `resolution` or less.
[[nodiscard]] std::vector<double> distinct(std::vector<double> values, double resolution);

}  // namespace spinsweep
