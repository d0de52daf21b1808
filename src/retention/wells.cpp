#include "retention/wells.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/readout.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/domain_wall.hpp"
#include "micromagnetics/minimization.hpp"

namespace spinsweep::retention {

namespace {

std::vector<double> wall_at(device::DeviceParameters p, double position) {
  p = device::with_straight_wall_at(std::move(p), position);
  p.initial_wall.width = wall_width(p);
  return device::straight_wall(p);
}

}  // namespace

double wall_width(const device::DeviceParameters& p) {
  const double width = micromagnetics::domain_wall_width(p.material);
  return std::isfinite(width) ? width : p.initial_wall.width;
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
  const auto notches = device::notch_sites(p.track, p.notches);
  std::vector<Well> wells;
  for (std::size_t k = 0; k < notches.size(); ++k) {
    Well well{.m = wall_at(p, notches[k].position)};
    const micromagnetics::Minimum minimum = minimize_energy(system, settings, well.m);
    if (!minimum.converged) {
      throw SimulationError(fmt::format("a wall put into notch {} is not at rest after {} steps", k, minimum.steps));
    }
    well.position = wall_position(system, p, well.m);
    well.energy = minimum.energy;
    if (std::abs(well.position - notches[k].position) < 0.5 * notches[k].width + wall_width(p)) {
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
  return minimum_energy_path(system, std::move(images), settings);
}

}  // namespace spinsweep::retention
