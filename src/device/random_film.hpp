#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "device/disorder.hpp"

namespace spinsweep::device {

/// The random numbers of a realisation of the disorder. They follow from their place alone (base/philox.hpp), whoever
/// asks for them.
class RandomFilm {
 public:
  /// What numbers are for.
  enum class Use : std::uint32_t {
    lower_edge,
    upper_edge,
    grain_count,
    grain_place,
    grain_property,
    defect_count,
    defect_place
  };

  explicit RandomFilm(const Disorder& disorder)
      : seed_(disorder.seed), realization_(static_cast<std::uint32_t>(disorder.realization)) {}

  /// Between 0 and 1, never either. a, b, index: which of that use, such as the place of a tile and a point in it.
  [[nodiscard]] std::array<double, 4> uniform(Use use, int a, int b = 0, int index = 0) const;
  /// Of the standard normal distribution.
  [[nodiscard]] std::array<double, 4> normal(Use use, int a, int b = 0, int index = 0) const;

 private:
  std::uint64_t seed_;
  std::uint32_t realization_;
};

/// A random point of a film.
struct RandomPoint {
  double x = 0.0;  ///< m
  double y = 0.0;
  int tile_x = 0;  ///< where it comes from, for further numbers of its own
  int tile_y = 0;
  int index = 0;
};

/// The part of the plane that a film fills, m.
struct Area {
  double left = 0.0;
  double right = 0.0;
  double lower = 0.0;
  double upper = 0.0;
};

/// Points of a Poisson process with one point for each square of edge `distance` (m) on average: all those of the area
/// and enough around it to find the one that is next to any place in it.
[[nodiscard]] std::vector<RandomPoint> random_points(const RandomFilm& random, RandomFilm::Use count,
                                                     RandomFilm::Use place, double distance, const Area& area);

/// For each edge of the grid of nx x ny cells of that edge (m), the point next to its centre. lower: y of the lowest
/// row's lower edge, m. Of two at the same distance the first.
[[nodiscard]] std::vector<std::size_t> nearest_points(const std::vector<RandomPoint>& points, double distance, int nx,
                                                      int ny, double cell, double lower);

}  // namespace spinsweep::device
