#pragma once

#include <limits>

namespace spinsweep {

/// Stands where a results file has no value.
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace spinsweep
