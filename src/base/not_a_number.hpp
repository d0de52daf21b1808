#pragma once

#include <limits>

namespace spinsweep {

/// Marks a missing value in a results file.
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace spinsweep
