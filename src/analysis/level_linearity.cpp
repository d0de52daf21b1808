#include "analysis/level_linearity.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace spinsweep::analysis {

LevelLinearity level_linearity(std::span<const double> levels) {
  if (levels.size() < 2) {
    throw Error("linearity needs at least two levels");
  }
  const auto steps = static_cast<double>(levels.size() - 1);
  LevelLinearity result;
  result.mean_spacing = (levels.back() - levels.front()) / steps;
  double mean_level = 0.0;
  double squares = 0.0;
  for (std::size_t k = 0; k < levels.size(); ++k) {
    mean_level += levels[k] / static_cast<double>(levels.size());
    const double line = levels.front() + static_cast<double>(k) * result.mean_spacing;
    result.integral_nonlinearity =
        std::max(result.integral_nonlinearity, std::abs(levels[k] - line) / result.mean_spacing);
    if (k == 0) {
      continue;
    }
    const double spacing = levels[k] - levels[k - 1];
    if (!(spacing > 0.0)) {
      throw Error("the levels do not ascend");
    }
    result.spacing.push_back(spacing);
    const double deviation = spacing / result.mean_spacing - 1.0;
    result.differential_nonlinearity = std::max(result.differential_nonlinearity, std::abs(deviation));
    squares += deviation * deviation;
  }
  result.spacing_variation = std::sqrt(squares / steps);
  double number_number = 0.0;
  double number_level = 0.0;
  double level_level = 0.0;
  for (std::size_t k = 0; k < levels.size(); ++k) {
    const double number = static_cast<double>(k) - steps / 2.0;
    const double level = levels[k] - mean_level;
    number_number += number * number;
    number_level += number * level;
    level_level += level * level;
  }
  result.determination = number_level * number_level / (number_number * level_level);
  return result;
}

}  // namespace spinsweep::analysis
