#include "analysis/binomial.hpp"

#include <algorithm>
#include <cmath>

#include "base/not_a_number.hpp"

namespace spinsweep::analysis {

Interval wilson_interval(std::int64_t successes, std::int64_t trials) {
  if (trials == 0) {
    return {not_a_number, not_a_number};
  }
  constexpr double z = 1.959963984540054;  // quantile of the normal distribution at 0.975
  const auto n = static_cast<double>(trials);
  const double p = static_cast<double>(successes) / n;
  const double scale = 1.0 / (1.0 + z * z / n);
  const double centre = scale * (p + z * z / (2.0 * n));
  const double half = scale * z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
  return {successes == 0 ? 0.0 : centre - half, successes == trials ? 1.0 : std::min(1.0, centre + half)};
}

}  // namespace spinsweep::analysis
