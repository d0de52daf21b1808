#include "programming/levels.hpp"

#include <algorithm>

namespace spinsweep::programming {

Levels::Levels(const Level& reset, std::vector<Level> others, double direction, double resolution)
    : list_{reset}, direction_(direction) {
  std::ranges::sort(others, {}, [this](const Level& level) { return distance(level.position); });
  for (const Level& level : others) {
    if (distance(level.position) > distance(list_.back().position) + resolution) {
      list_.push_back(level);
    }
  }
}

double Levels::upper_end(std::size_t level) const {
  const auto at = [this](std::size_t k) { return distance(list_[k].position); };
  return level + 1 < size() ? 0.5 * (at(level) + at(level + 1)) : at(level) + 0.5 * (at(level) - at(level - 1));
}

std::optional<std::size_t> Levels::nearest(double position) const {
  const double ahead = distance(position);
  if (size() < 2 || ahead < -0.5 * distance(list_[1].position)) {
    return std::nullopt;
  }
  for (std::size_t k = 0; k < size(); ++k) {
    if (ahead <= upper_end(k)) {
      return k;
    }
  }
  return std::nullopt;
}

}  // namespace spinsweep::programming
