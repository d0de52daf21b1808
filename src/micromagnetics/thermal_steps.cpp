#include "micromagnetics/thermal_steps.hpp"

#include <algorithm>
#include <cmath>

#include "base/constants.hpp"
#include "micromagnetics/stability.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// Largest angle by which an inner step turns a cell in the field of its neighbours, half of that of spectral_bound().
constexpr double largest_coupled_turn = 1.0;
/// The same in the fields of the cell itself, which change while it turns.
constexpr double largest_own_turn = 0.35;
/// Largest variance of the angle by which the noise of an inner step turns a cell about an axis.
constexpr double largest_noise = 0.02;
/// Largest angle by which an outer step turns a cell in the demagnetising field.
constexpr double largest_kick = 0.25;
/// Signals and time limits are looked at after every outer step.
constexpr double most_inner_steps = 200.0;
constexpr double picosecond = 1e-12;
constexpr double longest_outer_step = 100.0 * picosecond;

/// The longest whole number or unit fraction of picoseconds that is not longer, so that times given in picoseconds are
/// ends of steps.
double rounded_down(double duration) {
  return duration >= picosecond ? std::floor(duration / picosecond * (1.0 + 1e-12)) * picosecond
                                : picosecond / std::ceil(picosecond / duration * (1.0 - 1e-12));
}

}  // namespace

int ThermalSteps::inner_steps_of_half(double duration) const {
  return std::max(1, static_cast<int>(std::ceil(0.5 * duration / inner * (1.0 - 1e-9))));
}

ThermalSteps longest_thermal_steps(const Material& material, const Mesh& mesh, const LocalField& terms,
                                   const LlgsTorque& torque, double demag_magnetization,
                                   const LocalMaterials* materials, const LocalTorques* torques) {
  const FieldBounds bounds = field_bounds(demag_magnetization, terms, torque, materials, torques);
  const MaterialBounds extremes = materials != nullptr ? materials->bounds() : MaterialBounds();
  const double damping = material.damping;
  const double rate_per_field = material.gyromagnetic_ratio / std::sqrt(1.0 + damping * damping);
  const double diffusion = damping * material.gyromagnetic_ratio / (1.0 + damping * damping) *
                           constants::boltzmann_constant * material.temperature /
                           (constants::vacuum_permeability * material.saturation_magnetization * mesh.cell_volume());
  ThermalSteps steps;
  steps.inner = std::min({2.0 * largest_coupled_turn / (rate_per_field * (bounds.coupling + bounds.on_site)),
                          largest_own_turn / (rate_per_field * bounds.on_site),
                          0.5 * largest_noise / (diffusion * extremes.largest_inverse_moment)});
  steps.outer = rounded_down(
      std::min({longest_outer_step, largest_kick / (rate_per_field * demag_magnetization * extremes.largest_moment),
                most_inner_steps * steps.inner}));
  return steps;
}

}  // namespace spinsweep::micromagnetics
