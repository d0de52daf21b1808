#include "study/estimate.hpp"

#include <cmath>

#include "base/constants.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/stability.hpp"

namespace spinsweep::study {

double estimated_seconds(const device::DeviceParameters& p) {
  // Fitted to the evaluations and times that `spinsweep bench` gives for the first nanosecond of the study's synapse
  // (4828 evaluations, 0.48 s) and neuron (28540, 2.4 s) on the processor of docs/performance.md.
  constexpr double seconds_per_cell_evaluation = 2.1e-9;
  constexpr double seconds_per_cell_demag = 21e-9;
  constexpr double demag_interval = 2.2e-12;
  constexpr double evaluations_per_fastest_wave = 0.607;
  constexpr double evaluations_per_second = 1.86e12;
  const micromagnetics::Mesh mesh = device::make_mesh(p.track);
  const auto cells = static_cast<double>(mesh.cells());
  const double time = p.pulse.duration + p.pulse.rest;
  const double fastest = 16.0 * p.material.gyromagnetic_ratio * p.material.exchange_stiffness /
                         (constants::vacuum_permeability * p.material.saturation_magnetization * mesh.dx * mesh.dx) /
                         std::sqrt(1.0 + p.material.damping * p.material.damping);
  if (p.material.temperature > 0.0) {
    constexpr double energy_error = 0.01;  // what thermal_stepper.cpp demands
    constexpr double seconds_per_cell_noise = 40e-9;
    constexpr double seconds_per_cell_whole_demag = 42e-9;
    const double thermal_steps =
        time * fastest / micromagnetics::heun_equipartition_radius(p.material.damping, energy_error);
    return cells * thermal_steps *
           (2.0 * (seconds_per_cell_evaluation + seconds_per_cell_whole_demag) + seconds_per_cell_noise);
  }
  const double evaluations = time * (evaluations_per_fastest_wave * fastest + evaluations_per_second);
  return cells * (evaluations * seconds_per_cell_evaluation + time / demag_interval * seconds_per_cell_demag);
}

}  // namespace spinsweep::study
