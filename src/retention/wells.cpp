#include "retention/wells.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/readout.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/domain_wall.hpp"
#include "micromagnetics/hessian.hpp"
#include "micromagnetics/minimization.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::retention {

namespace {

/// Moves a wall that rests on a ridge of the energy, as it can by symmetry in a bulge, off it. Returns whether it did.
bool push_off_ridge(micromagnetics::LlgsSystem& system, const device::DeviceParameters& p, Well& well) {
  // Curvature over Ms. A ridge that is flatter is lower than kB 300 K.
  constexpr double least_curvature = 1e-4;
  constexpr int mode_steps = 20;
  constexpr double largest_angle = 0.1;
  std::vector<double> shift = wall_at(p, well.position + 0.5 * wall_width(p));
  const std::vector<double> behind = wall_at(p, well.position - 0.5 * wall_width(p));
  std::ranges::transform(shift, behind, shift.begin(), std::minus<>());
  micromagnetics::Hessian hessian(system, well.m);
  const micromagnetics::Modes lowest = lowest_modes(hessian, {std::move(shift)}, 0.0, mode_steps);
  if (lowest.curvatures.front() > -least_curvature * system.material().saturation_magnetization) {
    return false;
  }
  const std::vector<double>& mode = lowest.modes.front();
  move_along(system.layout(), well.m, largest_angle / largest_modulus(system.layout(), mode), mode, well.m);
  return true;
}

/// Whether the wall of two notches rests at the same place.
bool are_same(const micromagnetics::FieldLayout& layout, const Well& a, const Well& b) {
  constexpr double largest_difference = 0.1;  // of a cell's unit vectors
  std::vector<double> difference(a.m.size());
  std::ranges::transform(a.m, b.m, difference.begin(), std::minus<>());
  return largest_modulus(layout, difference) < largest_difference;
}

}  // namespace

double wall_width(const device::DeviceParameters& p) {
  const double width = micromagnetics::domain_wall_width(p.material);
  return std::isfinite(width) ? width : p.initial_wall.width;
}

std::vector<double> wall_at(device::DeviceParameters p, double position) {
  p = device::with_straight_wall_at(std::move(p), position);
  p.initial_wall.width = wall_width(p);
  return device::straight_wall(p);
}

bool has_wall(const micromagnetics::LlgsSystem& system, std::span<const double> m) {
  const std::span mz = m.subspan(2 * system.layout().component_size());
  const auto [lowest, highest] = std::ranges::minmax(mz);
  return lowest < 0.0 && highest > 0.0;
}

double reach_of_notch(const device::DeviceParameters& p) {
  return 0.5 * device::widest_notch(p.track, p.notches) + wall_width(p);
}

double wall_position(const micromagnetics::LlgsSystem& system, const device::DeviceParameters& p,
                     std::span<const double> m) {
  return device::wall_position(p, system.mean_magnetization(m).z, p.initial_wall.polarity);
}

std::vector<Well> find_wells(micromagnetics::LlgsSystem& system, const device::DeviceParameters& p,
                             const std::function<void()>& after_step) {
  micromagnetics::DescentSettings settings{.tolerance = 1e-6};
  settings.after_step = after_step;
  constexpr int most_pushes = 10;
  const auto notches = device::notch_sites(p.track, p.notches);
  std::vector<Well> wells;
  for (std::size_t k = 0; k < notches.size(); ++k) {
    Well well{.m = wall_at(p, notches[k].position)};
    bool was_pushed = true;
    for (int push = 0; was_pushed; ++push) {
      const micromagnetics::Minimum minimum = minimize_energy(system, settings, well.m);
      if (!minimum.converged || push == most_pushes) {
        throw SimulationError(fmt::format("a wall put into notch {} is not at rest after {} steps", k, minimum.steps));
      }
      well.position = wall_position(system, p, well.m);
      well.energy = minimum.energy;
      was_pushed = push_off_ridge(system, p, well);
    }
    const bool is_held = has_wall(system, well.m) &&
                         std::abs(well.position - notches[k].position) < 0.5 * notches[k].width + wall_width(p);
    if (is_held && (wells.empty() || !are_same(system.layout(), wells.back(), well))) {
      well.conductance = p.kind->conductance(p, device::read_out(system, well.m));
      wells.push_back(std::move(well));
    }
  }
  return wells;
}

micromagnetics::MinimumEnergyPath path_between(micromagnetics::LlgsSystem& system, const device::DeviceParameters& p,
                                               const Well& from, const Well& to, std::size_t most_images,
                                               const std::function<void()>& after_step) {
  const double distance = to.position - from.position;
  const int intervals = std::max(4, static_cast<int>(std::ceil(std::abs(distance) / wall_width(p))));
  std::vector<std::vector<double>> images = {from.m};
  for (int i = 1; i < intervals; ++i) {
    images.push_back(wall_at(p, from.position + distance * i / intervals));
  }
  images.push_back(to.m);
  micromagnetics::PathSettings settings;
  settings.band.after_step = after_step;
  settings.most_images = most_images;
  settings.seeks_saddle =
      std::min(from.position, to.position) < 0.0 || std::max(from.position, to.position) > p.track.length;
  return minimum_energy_path(system, std::move(images), settings);
}

}  // namespace spinsweep::retention
