#include "base/distinct.hpp"

#include <algorithm>

namespace spinsweep {

std::vector<double> distinct(std::vector<double> values, double resolution) {
  std::sort(values.begin(), values.end());
  std::vector<double> result;
  for (const double value : values) {
    if (result.empty() || value - result.back() > resolution) {
      result.push_back(value);
    }
  }
  return result;
}

}  // namespace spinsweep
