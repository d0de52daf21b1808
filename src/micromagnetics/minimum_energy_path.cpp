#include "micromagnetics/minimum_energy_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/error.hpp"
#include "micromagnetics/elastic_band.hpp"
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

std::vector<double> at_maximum(const FieldLayout& layout, const Images& images, const PathMaximum& maximum) {
  std::vector<double> m(layout.size(), 0.0);
  const std::size_t next = std::min(maximum.image + 1, images.size() - 1);
  interpolate_on_geodesic(layout, images[maximum.image], images[next], maximum.fraction, m);
  return m;
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
    PathMaximum here = maximum_within(distances[i + 1] - distances[i], energies[i], slopes[i], energies[i + 1],
                                      slopes[i + 1]);
    here.image = i;
    if (here.energy > highest.energy) {
      highest = here;
    }
  }
  return highest;
}

MinimumEnergyPath minimum_energy_path(LlgsSystem& system, Images images, const PathSettings& settings) {
  int steps = 0;
  double energy_before = std::numeric_limits<double>::quiet_NaN();
  while (images.size() <= settings.most_images) {
    ElasticBand band(system, std::move(images));
    const bool converged = band.relax(settings.band);
    steps += band.steps();
    if (!converged) {
      throw SimulationError(fmt::format("the path of {} images has not converged in {} steps", band.images().size(),
                                        settings.band.most_steps));
    }
    const std::vector<double> distances = band.distances();
    const PathMaximum maximum = path_maximum(distances, band.energies(), band.slopes());
    const double change = std::abs(maximum.energy - energy_before);
    if (change <= settings.energy_tolerance) {
      return {.images = band.images(),
              .distances = distances,
              .energies = band.energies(),
              .slopes = band.slopes(),
              .maximum = maximum,
              .saddle = at_maximum(system.layout(), band.images(), maximum),
              .saddle_change = change,
              .steps = steps};
    }
    energy_before = maximum.energy;
    images = with_images_between(system.layout(), band.images());
  }
  throw SimulationError(fmt::format("the energy at the saddle still changes by more than {:g} J with {} images",
                                    settings.energy_tolerance, settings.most_images));
}

}  // namespace spinsweep::micromagnetics
