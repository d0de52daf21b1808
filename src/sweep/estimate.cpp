#include "sweep/estimate.hpp"

#include <cmath>

#include "base/constants.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/stability.hpp"

namespace spinsweep::sweep {

double estimated_seconds(const device::DeviceParameters& p) {
  // Rough: set so that the demo study comes out about right with two ranks sharing the memory; not a measurement of
  // each.
  constexpr double seconds_per_cell_evaluation = 1.0e-8;
  constexpr double seconds_per_cell_demag = 80e-9;
  constexpr double demag_interval = 1.7e-12;
  constexpr double stability_radius = 2.3;
  constexpr double evaluations_per_step = 3.0;
  const micromagnetics::Mesh mesh = device::make_mesh(p.track);
  const auto cells = static_cast<double>(mesh.cells());
  const double time = p.pulse.duration + p.pulse.rest;
  const double fastest = 16.0 * p.material.gyromagnetic_ratio * p.material.exchange_stiffness /
                         (constants::vacuum_permeability * p.material.saturation_magnetization * mesh.dx * mesh.dx) /
                         std::sqrt(1.0 + p.material.damping * p.material.damping);
  if (p.material.temperature > 0.0) {
    constexpr double energy_error = 0.01;  // what thermal_stepper.cpp demands
    constexpr double seconds_per_cell_noise = 40e-9;
    const double thermal_steps =
        time * fastest / micromagnetics::heun_equipartition_radius(p.material.damping, energy_error);
    return cells * thermal_steps *
           (2.0 * (seconds_per_cell_evaluation + seconds_per_cell_demag) + seconds_per_cell_noise);
  }
  const double steps = time * fastest / stability_radius;
  return cells *
         (steps * evaluations_per_step * seconds_per_cell_evaluation + time / demag_interval * seconds_per_cell_demag);
}

}  // namespace spinsweep::sweep
