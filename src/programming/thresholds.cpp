#include "programming/thresholds.hpp"

#include <map>

namespace spinsweep::programming {

std::vector<std::optional<double>> find_thresholds(std::span<const double> distances, double largest, double tolerance,
                                                   const std::function<double(double amplitude)>& distance_at) {
  std::map<double, double> known = {{0.0, 0.0}, {largest, distance_at(largest)}};
  std::vector<std::optional<double>> thresholds;
  for (const double distance : distances) {
    if (known.at(largest) <= distance) {
      thresholds.emplace_back();
      continue;
    }
    auto above = known.begin();
    while (above->second <= distance) {
      ++above;
    }
    double upper = above->first;
    double lower = (--above)->first;
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
