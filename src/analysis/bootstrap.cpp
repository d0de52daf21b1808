#include "analysis/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace spinsweep::analysis {

double quantile(std::span<const double> values, double share) {
  if (values.empty()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

std::vector<Interval> bootstrap_intervals(
    std::size_t size, const BootstrapSettings& settings,
    const std::function<std::vector<double>(std::span<const std::size_t>)>& statistics) {
  std::mt19937_64 generator(settings.seed);
  std::vector<std::size_t> drawn(size);
  std::vector<std::vector<double>> found;
  for (int resample = 0; resample < settings.resamples; ++resample) {
    for (auto& index : drawn) {
      // The top 53 bits: std::uniform_int_distribution may differ between standard libraries.
      index = static_cast<std::size_t>(static_cast<double>(generator() >> 11U) * 0x1p-53 * static_cast<double>(size));
    }
    const auto values = statistics(drawn);
    found.resize(values.size());
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (!std::isnan(values[k])) {
        found[k].push_back(values[k]);
      }
    }
  }
  const double outside = (1.0 - settings.confidence) / 2.0;
  std::vector<Interval> intervals;
  for (auto& values : found) {
    std::sort(values.begin(), values.end());
    intervals.push_back({quantile(values, outside), quantile(values, 1.0 - outside)});
  }
  return intervals;
}

}  // namespace spinsweep::analysis
