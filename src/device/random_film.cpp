#include "device/random_film.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/philox.hpp"

namespace spinsweep::device {

namespace {

/// Points of a tile on average. A tile's edge is twice the mean distance.
constexpr double points_per_tile = 4.0;
constexpr double distances_per_tile = 2.0;
/// Tiles around a place in which the nearest point is looked for. All 25 of them are empty with probability e^-100.
constexpr int tiles_around = 2;

/// A number of the Poisson distribution with that mean.
int poisson(double mean, double uniform) {
  double probability = std::exp(-mean);
  double sum = probability;
  int count = 0;
  constexpr int most = 60;
  while (uniform > sum && count < most) {
    ++count;
    probability *= mean / count;
    sum += probability;
  }
  return count;
}

int tile_of(double place, double tile) {
  return static_cast<int>(std::floor(place / tile));
}

}  // namespace

std::array<double, 4> RandomFilm::uniform(Use use, int a, int b, int index) const {
  constexpr std::uint32_t uses = 16;
  const auto numbers =
      philox_4x32_10({static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b),
                      static_cast<std::uint32_t>(index) * uses + static_cast<std::uint32_t>(use), realization_},
                     seed_);
  std::array<double, 4> result{};
  std::ranges::transform(numbers, result.begin(), [](std::uint32_t number) { return (number + 0.5) * 0x1p-32; });
  return result;
}

std::array<double, 4> RandomFilm::normal(Use use, int a, int b, int index) const {
  const auto u = uniform(use, a, b, index);
  std::array<double, 4> result{};
  for (const std::size_t k : {0U, 2U}) {
    const double radius = std::sqrt(-2.0 * std::log(u[k]));
    const double angle = 2.0 * std::numbers::pi * u[k + 1];
    result[k] = radius * std::cos(angle);
    result[k + 1] = radius * std::sin(angle);
  }
  return result;
}

std::vector<RandomPoint> random_points(const RandomFilm& random, RandomFilm::Use count, RandomFilm::Use place,
                                       double distance, const Area& area) {
  const double tile = distances_per_tile * distance;
  std::vector<RandomPoint> points;
  for (int b = tile_of(area.lower, tile) - tiles_around; b <= tile_of(area.upper, tile) + tiles_around; ++b) {
    for (int a = tile_of(area.left, tile) - tiles_around; a <= tile_of(area.right, tile) + tiles_around; ++a) {
      const int in_tile = poisson(points_per_tile, random.uniform(count, a, b)[0]);
      for (int k = 0; k < in_tile; ++k) {
        const auto at = random.uniform(place, a, b, k);
        points.push_back({tile * (a + at[0]), tile * (b + at[1]), a, b, k});
      }
    }
  }
  return points;
}

std::vector<std::size_t> nearest_points(const std::vector<RandomPoint>& points, double distance, int nx, int ny,
                                        double cell, double lower) {
  const double tile = distances_per_tile * distance;
  // Points are in the order of their tiles, so that a row of tiles is one range.
  const auto first_of_tile = [&](int a, int b) {
    return std::ranges::lower_bound(points, std::pair(b, a), {},
                                    [](const RandomPoint& p) { return std::pair(p.tile_y, p.tile_x); });
  };
  std::vector<std::size_t> nearest;
  nearest.reserve(static_cast<std::size_t>(nx) * static_cast<std::size_t>(ny));
  for (int j = 0; j < ny; ++j) {
    const double y = lower + (j + 0.5) * cell;
    const int b = tile_of(y, tile);
    for (int i = 0; i < nx; ++i) {
      const double x = (i + 0.5) * cell;
      const int a = tile_of(x, tile);
      double least = std::numeric_limits<double>::infinity();
      auto found = points.begin();
      for (int row = b - tiles_around; row <= b + tiles_around; ++row) {
        const auto end = first_of_tile(a + tiles_around + 1, row);
        for (auto point = first_of_tile(a - tiles_around, row); point != end; ++point) {
          const double square = (point->x - x) * (point->x - x) + (point->y - y) * (point->y - y);
          if (square < least) {
            least = square;
            found = point;
          }
        }
      }
      nearest.push_back(static_cast<std::size_t>(found - points.begin()));
    }
  }
  return nearest;
}

}  // namespace spinsweep::device
