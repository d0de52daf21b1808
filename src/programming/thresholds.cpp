#include "programming/thresholds.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace spinsweep::programming {

std::vector<double> scanned_amplitudes(double largest, double tolerance) {
  std::vector<double> amplitudes = {largest};
  while (0.5 * amplitudes.back() >= tolerance) {
    amplitudes.push_back(0.5 * amplitudes.back());
  }
  std::ranges::reverse(amplitudes);
  return amplitudes;
}

std::vector<std::optional<double>> find_thresholds(std::span<const double> distances, double largest, double tolerance,
                                                   const std::function<double(double amplitude)>& distance_at) {
  std::map<double, double> known = {{0.0, 0.0}};
  const std::vector<double> scan = scanned_amplitudes(largest, tolerance);
  auto next = scan.begin();
  std::vector<std::optional<double>> thresholds;
  for (const double distance : distances) {
    const auto is_beyond = [distance](const auto& entry) { return entry.second > distance; };
    auto above = std::ranges::find_if(known, is_beyond);
    for (; above == known.end() && next != scan.end(); ++next) {
      const auto added = known.emplace(*next, distance_at(*next)).first;
      above = is_beyond(*added) ? added : known.end();
    }
    if (above == known.end()) {
      thresholds.emplace_back();
      continue;
    }
    double upper = above->first;
    double lower = std::prev(above)->first;
    while (upper - lower > tolerance) {
      const double middle = 0.5 * (lower + upper);
      auto reached = known.find(middle);
      if (reached == known.end()) {
        reached = known.emplace(middle, distance_at(middle)).first;
      }
      (reached->second > distance ? upper : lower) = middle;
    }
    thresholds.emplace_back(0.5 * (lower + upper));
  }
  return thresholds;
}

}  // namespace spinsweep::programming
