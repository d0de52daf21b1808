#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

/// Statistics of plain numbers: what a sweep's results depend on, and how certain that is.
namespace spinsweep::analysis {

/// Ends of a confidence interval.
struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// How a confidence interval is found.
struct BootstrapSettings {
  int resamples = 1000;
  double confidence = 0.95;  ///< share of the resamples that lies inside, 0 to 1
  std::uint64_t seed = 1;
};

/// The percentile intervals of several statistics of the same `size` observations: `statistics` gets the indices of a
/// resample, drawn with replacement, and returns one number per statistic. A statistic that is not a number in some
/// resamples is judged by the others; both ends are NaN if it never is one.
/// Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (Chapman & Hall, 1993), chapter 13.
[[nodiscard]] std::vector<Interval> bootstrap_intervals(
    std::size_t size, const BootstrapSettings& settings,
    const std::function<std::vector<double>(std::span<const std::size_t>)>& statistics);

/// The number below which the share `share` of the values lies, interpolated linearly between neighbours; NaN if there
/// are none. `values` must be ascending.
[[nodiscard]] double quantile(std::span<const double> values, double share);

}  // namespace spinsweep::analysis
