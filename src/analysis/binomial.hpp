#pragma once

#include <cstdint>

#include "analysis/bootstrap.hpp"

namespace spinsweep::analysis {

/// 95 % confidence interval of a probability of which `successes` of `trials` independent trials are known; both ends
/// are NaN without trials. It lies in [0, 1] and has a width also where all trials agree.
/// Source: E. B. Wilson, Journal of the American Statistical Association 22, 209 (1927).
[[nodiscard]] Interval wilson_interval(std::int64_t successes, std::int64_t trials);

}  // namespace spinsweep::analysis
