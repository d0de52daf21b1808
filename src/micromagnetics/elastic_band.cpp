#include "micromagnetics/elastic_band.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// Stiffness of the springs over curvature_bound(). With 0.25, the stiffest that the step allows, a band crumples on a
/// plateau of the energy; with 0.005 it needs almost twice as many steps.
constexpr double spring_stiffness = 0.02;

/// difference = b - a; returns its norm.
double subtract(std::span<const double> b, std::span<const double> a, std::span<double> difference) {
  for (std::size_t k = 0; k < difference.size(); ++k) {
    difference[k] = b[k] - a[k];
  }
  return std::sqrt(inner_product(difference, difference));
}

/// Weights of the differences to the next and to the previous image in the tangent.
std::pair<double, double> upwind_weights(double rise, double climb) {
  if (rise > 0.0 && climb > 0.0) {
    return {1.0, 0.0};
  }
  if (rise <= 0.0 && climb <= 0.0) {
    return {0.0, 1.0};
  }
  const auto [least, most] = std::minmax({std::abs(rise), std::abs(climb)});
  return rise + climb > 0.0 ? std::pair{most, least} : std::pair{least, most};
}

}  // namespace

ElasticBand::ElasticBand(LlgsSystem& system, std::vector<std::vector<double>> images)
    : system_(system),
      step_(1.0 / curvature_bound(system)),
      spring_(spring_stiffness * curvature_bound(system)),
      energy_per_field_(constants::vacuum_permeability * system.material().saturation_magnetization *
                        system.mesh().cell_volume()),
      images_(std::move(images)),
      forces_(images_.size(), std::vector<double>(system.layout().size())),
      energies_(images_.size()),
      slopes_(images_.size(), 0.0),
      tangent_(system.layout().size()),
      other_(system.layout().size()) {
  for (const std::size_t end : {std::size_t{0}, images_.size() - 1}) {
    energies_[end] = effective_field(system_, images_[end], forces_[end]);
  }
}

std::vector<double> ElasticBand::distances() const {
  std::vector<double> distances = {0.0};
  for (std::size_t i = 1; i < images_.size(); ++i) {
    distances.push_back(distances.back() + geodesic_distance(system_.layout(), images_[i - 1], images_[i]));
  }
  return distances;
}

bool ElasticBand::relax(const DescentSettings& settings) {
  const double tolerance = settings.tolerance * system_.material().saturation_magnetization;
  descents_.clear();
  for (const std::vector<double>& image : images_) {
    descents_.emplace_back(system_.layout(), step_, image);
  }
  bool converged = evaluate_forces() <= tolerance;
  for (int step = 1; step < settings.most_steps && !converged; ++step) {
    for (std::size_t i = 1; i + 1 < images_.size(); ++i) {
      descents_[i].step_along(forces_[i]);
    }
    converged = evaluate_forces() <= tolerance;
    settings.after_step();
  }
  for (std::size_t i = 1; i + 1 < images_.size(); ++i) {
    images_[i] = ahead(i);  // energies_ and slopes_ belong to these
  }
  descents_.clear();
  return converged;
}

double ElasticBand::evaluate_forces() {
  for (std::size_t i = 1; i + 1 < images_.size(); ++i) {
    energies_[i] = effective_field(system_, ahead(i), forces_[i]);
    make_tangent(system_.layout(), ahead(i), forces_[i]);
  }
  double largest = 0.0;
  for (std::size_t i = 1; i + 1 < images_.size(); ++i) {
    const double force = act_on(i);
    if (!std::isfinite(force)) {
      throw SimulationError("the field on an image of the path is not a number");
    }
    largest = std::max(largest, force);
  }
  ++steps_;
  return largest;
}

double ElasticBand::act_on(std::size_t image) {
  const double to_next = subtract(ahead(image + 1), ahead(image), tangent_);
  const double to_previous = subtract(ahead(image), ahead(image - 1), other_);
  const auto [next, previous] =
      upwind_weights(energies_[image + 1] - energies_[image], energies_[image] - energies_[image - 1]);
  for (std::size_t k = 0; k < tangent_.size(); ++k) {
    tangent_[k] = next * tangent_[k] + previous * other_[k];
  }
  make_tangent(system_.layout(), ahead(image), tangent_);
  const double length = std::sqrt(inner_product(tangent_, tangent_));
  std::vector<double>& force = forces_[image];
  const double along = inner_product(force, tangent_) / length;
  slopes_[image] = -energy_per_field_ * along;
  const auto add_along = [&](double amount) {
    for (std::size_t k = 0; k < force.size(); ++k) {
      force[k] += amount / length * tangent_[k];
    }
  };
  add_along(-along);
  const double across = largest_modulus(system_.layout(), force);
  add_along(spring_ * (to_next - to_previous));
  return across;
}

}  // namespace spinsweep::micromagnetics
