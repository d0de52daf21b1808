#include "study/estimate.hpp"

#include <cmath>

#include "base/constants.hpp"
#include "device/drive.hpp"
#include "device/film.hpp"
#include "device/heating.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/thermal_steps.hpp"

namespace spinsweep::study {

namespace {

// Times lie in the middle between those of an AVX-512 processor (Zen 4) and an AVX2 one (Zen 3), which take 0.49 and
// 0.94 s for a nanosecond of the study's synapse at 0 K, 3.2 to 4.1 and 6.8 s at 300 K: estimates are 0.65 to 1.4
// times either.

/// What evaluating the fields and torques of a cell takes over a uniform film under a uniform current. Fitted to whole
/// cases of the study's synapse (docs/decisions/0123) on the processor of docs/performance.md.
double cost_of_variation(const device::DeviceParameters& p) {
  constexpr double of_torques = 1.5;
  constexpr double of_torques_and_material = 1.9;
  constexpr double of_grains = 1.4;
  constexpr double of_cut_cells = 1.2;
  constexpr double of_everything = 1.5;
  const bool has_grains = device::has_varying_anisotropy(p) || device::has_varying_exchange(p);
  const bool is_cut = p.track.edge == device::Edge::smooth;
  const bool has_everything = device::has_varying_dmi(p) || device::has_varying_saturation_magnetization(p);
  if (p.current.flow == device::CurrentFlow::crowded || p.material.spin_transfer.exists()) {
    return has_grains || is_cut || has_everything ? of_torques_and_material : of_torques;
  }
  if (has_everything || (is_cut && has_grains)) {
    return of_everything;
  }
  return is_cut ? of_cut_cells : has_grains ? of_grains : 1.0;
}

/// Of what is computed once for each case, s.
double seconds_to_make(const device::DeviceParameters& p) {
  // 0.11 s for the potential and 0.07 s for the shares of 500 x 50 cells. The track without notches is solved too.
  constexpr double seconds_per_cell_potential = 2.0 * 4.4e-6;
  constexpr double seconds_per_cell_share = 2.8e-6;
  const auto cells = static_cast<double>(device::make_mesh(p).cells());
  return cells * ((p.current.flow == device::CurrentFlow::crowded ? seconds_per_cell_potential : 0.0) +
                  (p.track.edge == device::Edge::smooth ? seconds_per_cell_share : 0.0));
}

double estimated_thermal_seconds(const device::DeviceParameters& p, const micromagnetics::Mesh& mesh) {
  constexpr double seconds_per_cell_outer_step = 90e-9;
  constexpr double seconds_per_cell_inner_step = 22e-9;
  const device::Drive drive(p.pulse);
  micromagnetics::LlgsTorque torque(p.material, mesh.dz);
  torque.set_current_density(drive.peak());
  micromagnetics::Material hottest = p.material;
  hottest.temperature += p.heating ? device::largest_rise(p).strip : 0.0;
  const micromagnetics::ThermalSteps steps = micromagnetics::longest_thermal_steps(
      hottest, mesh, micromagnetics::LocalField(p.material, mesh), torque, p.material.saturation_magnetization);
  const double inner_steps = 2.0 * steps.inner_steps_of_half(steps.outer);
  return static_cast<double>(mesh.cells()) * drive.end() / steps.outer *
         (seconds_per_cell_outer_step + inner_steps * cost_of_variation(p) * seconds_per_cell_inner_step);
}

/// Of a simulated time (s) at zero temperature.
double estimated_steps_seconds(const device::DeviceParameters& p, double time) {
  // Evaluations as `spinsweep bench` gives them for the first nanosecond of the study's synapse (4828) and neuron
  // (28540).
  constexpr double seconds_per_cell_evaluation = 2.8e-9;
  constexpr double seconds_per_cell_demag = 28e-9;
  constexpr double seconds_per_demag = 40e-6;  // 2880 cells take 1.8 times as long as their share of 11,520
  constexpr double demag_interval = 2.2e-12;
  constexpr double evaluations_per_fastest_wave = 0.607;
  constexpr double evaluations_per_second = 1.86e12;
  const micromagnetics::Mesh mesh = device::make_mesh(p);
  const auto cells = static_cast<double>(mesh.cells());
  const double fastest = 16.0 * p.material.gyromagnetic_ratio * p.material.exchange_stiffness /
                         (constants::vacuum_permeability * p.material.saturation_magnetization * mesh.dx * mesh.dx) /
                         std::sqrt(1.0 + p.material.damping * p.material.damping);
  const double evaluations = time * (evaluations_per_fastest_wave * fastest + evaluations_per_second);
  return cells * evaluations * cost_of_variation(p) * seconds_per_cell_evaluation +
         time / demag_interval * (seconds_per_demag + cells * seconds_per_cell_demag);
}

double estimated_case_seconds(const device::DeviceParameters& p) {
  // Making the case's objects, and writing its rows to the disk and then its status: measured on cases without steps.
  constexpr double seconds_beside_steps = 0.02;
  return seconds_beside_steps + seconds_to_make(p) +
         (p.material.temperature > 0.0 ? estimated_thermal_seconds(p, device::make_mesh(p))
                                       : estimated_steps_seconds(p, device::Drive(p.pulse).end()));
}

/// As relaxations are integrated.
device::DeviceParameters at_rest(device::DeviceParameters parameters) {
  parameters.material.damping = 1.0;
  return parameters;
}

}  // namespace

double estimated_seconds(const DevicePlan& plan, std::size_t index) {
  device::DeviceParameters parameters = plan.cases[index];
  if (std::isnan(parameters.pulse.current_density)) {
    parameters.pulse.current_density = plan.bisection.to;
  }
  return estimated_case_seconds(parameters);
}

double estimated_relaxation_seconds(const device::DeviceParameters& parameters) {
  return parameters.initial_wall.relax ? estimated_steps_seconds(at_rest(parameters), device::shape_relaxation) : 0.0;
}

double estimated_level_seconds(const device::DeviceParameters& parameters) {
  // Walls come to rest in their notches, and the track without a wall at once.
  constexpr double share_until_rest = 0.5;
  return share_until_rest * static_cast<double>(device::notch_sites(parameters.track, parameters.notches).size()) *
         estimated_steps_seconds(at_rest(parameters), device::level_relaxation);
}

}  // namespace spinsweep::study
