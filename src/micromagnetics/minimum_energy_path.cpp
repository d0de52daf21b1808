#include "micromagnetics/minimum_energy_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "base/error.hpp"
#include "micromagnetics/elastic_band.hpp"
#include "micromagnetics/saddle_point.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {

namespace {

using Images = std::vector<std::vector<double>>;

Images with_images_between(const FieldLayout& layout, const Images& images) {
  Images all = {images.front()};
  for (std::size_t i = 1; i < images.size(); ++i) {
    all.emplace_back(layout.size(), 0.0);
    interpolate_on_geodesic(layout, images[i - 1], images[i], 0.5, all.back());
    all.push_back(images[i]);
  }
  return all;
}

/// How many modes are followed, and for how many evaluations of the field. Searches that find a saddle point take 30 to
/// 200; others start from a band of too few images.
constexpr int mode_count = 3;
constexpr int longest_saddle_search = 500;

/// The direction of the path times cos(n pi y/w), n = 0, 1, ...: the wall as a whole, tilted, bent.
Images modes_of_wall(const FieldLayout& layout, const std::vector<double>& from, const std::vector<double>& to) {
  Images modes;
  for (int n = 0; n < mode_count; ++n) {
    std::vector<double> mode(layout.size(), 0.0);
    for (int j = 0; j < layout.ny(); ++j) {
      const double factor = std::cos(n * std::numbers::pi * (j + 0.5) / layout.ny());
      for (int i = 0; i < layout.nx(); ++i) {
        for (std::size_t component = 0; component < 3; ++component) {
          const std::size_t k = layout.index(i, j) + component * layout.component_size();
          mode[k] = factor * (to[k] - from[k]);
        }
      }
    }
    modes.push_back(std::move(mode));
  }
  return modes;
}

/// The saddle point near the highest point of a band, or that point itself if there is none nearby.
SaddlePoint saddle_near(LlgsSystem& system, const ElasticBand& band, const PathMaximum& maximum,
                        DescentSettings settings) {
  const Images& images = band.images();
  const std::size_t next = std::min(maximum.image + 1, images.size() - 1);
  SaddlePoint highest{.m = std::vector<double>(system.layout().size(), 0.0), .energy = maximum.energy, .modes = {}};
  interpolate_on_geodesic(system.layout(), images[maximum.image], images[next], maximum.fraction, highest.m);
  const double place = static_cast<double>(maximum.image) + maximum.fraction;
  if (place == 0.0 || place == static_cast<double>(images.size() - 1)) {
    return highest;
  }
  const double spacing = geodesic_distance(system.layout(), images[maximum.image], images[next]);
  settings.most_steps = longest_saddle_search;
  SaddlePoint saddle = find_saddle_point(
      system, highest.m, modes_of_wall(system.layout(), images[maximum.image], images[next]), 0.25 * spacing, settings);
  return saddle.converged ? saddle : highest;
}

/// A mode without any curvature, as the rotation about an axis of symmetry, does not count for the error of the others.
bool has_second_unstable_mode(const SaddlePoint& saddle) {
  const auto& curvatures = saddle.modes.curvatures;
  return saddle.converged && curvatures.size() > 1 && curvatures[1] < 1e-3 * curvatures[0];
}

/// The images of a band over a point with a second unstable mode, pushed along that mode where they are near the point.
Images beside_the_path(const FieldLayout& layout, const ElasticBand& band, const PathMaximum& maximum,
                       const std::vector<double>& mode) {
  constexpr double largest_angle = 0.3;
  constexpr double reach = 2.0;  // images
  Images images = band.images();
  const double place = static_cast<double>(maximum.image) + maximum.fraction;
  for (std::size_t i = 1; i + 1 < images.size(); ++i) {
    const double distance = (static_cast<double>(i) - place) / reach;
    const double angle = largest_angle * std::exp(-distance * distance);
    std::vector<double> push = mode;
    make_tangent(layout, images[i], push);
    move_along(layout, images[i], angle / largest_modulus(layout, mode), push, images[i]);
  }
  return images;
}

/// The highest point within an interval of the cubic polynomial with those values and slopes at its ends.
PathMaximum maximum_within(double length, double value_0, double slope_0, double value_1, double slope_1) {
  const double rise = value_1 - value_0;
  const double s0 = slope_0 * length;
  const double s1 = slope_1 * length;
  const double cubic = s0 + s1 - 2.0 * rise;
  const double square = 3.0 * rise - 2.0 * s0 - s1;
  const auto value = [&](double x) { return value_0 + x * (s0 + x * (square + x * cubic)); };
  PathMaximum highest = value_1 > value_0 ? PathMaximum{.fraction = 1.0, .energy = value_1}
                                          : PathMaximum{.fraction = 0.0, .energy = value_0};
  const double discriminant = square * square - 3.0 * cubic * s0;
  if (discriminant >= 0.0) {
    // The root at which the second derivative is negative, in the form that does not cancel.
    const double root = std::sqrt(discriminant);
    const double x = square > 0.0 ? -(square + root) / (3.0 * cubic) : s0 / (root - square);
    if (x > 0.0 && x < 1.0 && value(x) > highest.energy) {
      highest = {.fraction = x, .energy = value(x)};
    }
  }
  return highest;
}

}  // namespace

PathMaximum path_maximum(std::span<const double> distances, std::span<const double> energies,
                         std::span<const double> slopes) {
  PathMaximum highest{.energy = energies[0]};
  for (std::size_t i = 0; i + 1 < energies.size(); ++i) {
    PathMaximum here =
        maximum_within(distances[i + 1] - distances[i], energies[i], slopes[i], energies[i + 1], slopes[i + 1]);
    here.image = i;
    if (here.energy > highest.energy) {
      highest = here;
    }
  }
  return highest;
}

int MinimumEnergyPath::unstable_modes() const {
  return static_cast<int>(std::ranges::count_if(curvatures, [](double curvature) { return curvature < 0.0; }));
}

MinimumEnergyPath minimum_energy_path(LlgsSystem& system, Images images, const PathSettings& settings) {
  constexpr int most_pushes = 3;
  int steps = 0;
  int pushes = 0;
  double energy_before = std::numeric_limits<double>::quiet_NaN();
  while (images.size() <= settings.most_images) {
    ElasticBand band(system, std::move(images));
    const bool converged = band.relax(settings.band);
    steps += band.steps();
    if (!converged) {
      throw SimulationError(fmt::format("the path of {} images has not converged in {} steps", band.images().size(),
                                        settings.band.most_steps));
    }
    const PathMaximum maximum = path_maximum(band.distances(), band.energies(), band.slopes());
    SaddlePoint saddle = saddle_near(system, band, maximum, settings.band);
    if (has_second_unstable_mode(saddle) && pushes < most_pushes) {
      ++pushes;
      energy_before = std::numeric_limits<double>::quiet_NaN();
      images = beside_the_path(system.layout(), band, maximum, saddle.modes.modes[1]);
      continue;
    }
    const double change = std::abs(saddle.energy - energy_before);
    const double rise = maximum.energy - std::max(band.energies().front(), band.energies().back());
    const bool seeks_further = settings.seeks_saddle && !saddle.converged && rise > settings.energy_tolerance &&
                               2 * band.images().size() - 1 <= settings.most_images;
    if (change <= settings.energy_tolerance && !seeks_further) {
      return {.images = band.images(),
              .energies = band.energies(),
              .saddle = std::move(saddle.m),
              .saddle_energy = saddle.energy,
              .saddle_change = change,
              .curvatures = saddle.modes.curvatures,
              .steps = steps};
    }
    energy_before = saddle.energy;
    images = with_images_between(system.layout(), band.images());
  }
  throw SimulationError(fmt::format("the energy at the saddle still changes by more than {:g} J with {} images",
                                    settings.energy_tolerance, settings.most_images));
}

}  // namespace spinsweep::micromagnetics
