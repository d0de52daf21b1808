#include "micromagnetics/thermal_stepper.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/stability.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// Largest relative error of the mean energy of the fastest spin wave.
constexpr double energy_error = 0.01;
/// Largest root mean square angle by which the noise turns a cell about an axis in one step.
constexpr double largest_turn = 0.1;

}  // namespace

double longest_thermal_step(const Material& material, const Mesh& mesh, double spectral_radius) {
  const double by_spin_waves = heun_equipartition_radius(material.damping, energy_error) / spectral_radius;
  // The turn grows with the square root of the step.
  const double turn_of_unit_step = material.gyromagnetic_ratio * std::sqrt(thermal_intensity(material, mesh));
  return std::min(by_spin_waves, std::pow(largest_turn / turn_of_unit_step, 2));
}

ThermalStepper::ThermalStepper(LlgsSystem& system, std::uint64_t seed)
    : system_(system), noise_(system.material(), system.mesh(), system.mask(), seed, system.decomposition().own()) {
  for (auto* buffer : {&thermal_, &demag_, &slope_, &slope_2_, &predicted_}) {
    buffer->assign(system.layout().size(), 0.0);
  }
  restart();
}

void ThermalStepper::restart() {
  largest_step_ = longest_thermal_step(system_.material(), system_.mesh(), spectral_radius_bound(system_));
}

StepperState ThermalStepper::state() const {
  StepperState state;
  state.counts = counts_;
  return state;
}

void ThermalStepper::restore(const StepperState& state) {
  restart();
  counts_ = state.counts;
}

void ThermalStepper::derivative(std::span<double> m, std::vector<double>& result) {
  system_.ghost_rows().exchange(m.data(), {0, system_.layout().nx()});
  system_.demagnetizing_field(m, demag_);
  ++counts_.demag_evaluations;
  ++counts_.whole_demag_evaluations;
  ++counts_.local_evaluations;
  counts_.active_columns += system_.layout().nx();
  double* to = result.data();
  for_each_derivative(system_, m.data(), {{demag_.data(), thermal_.data(), thermal_.data()}, {1.0, 1.0, 0.0}},
                      [to](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& derivative) {
                        copy_to(derivative.x, to + k);
                        copy_to(derivative.y, to + k + size);
                        copy_to(derivative.z, to + k + 2 * size);
                      });
}

double ThermalStepper::step(double time, double end, std::span<double> m) {
  const double left = end - time;
  const double parts = std::max(1.0, std::ceil(left / largest_step_ - 1e-9));
  const double duration = left / parts;
  noise_.compute(static_cast<std::uint64_t>(counts_.steps), duration, thermal_);
  derivative(m, slope_);
  for (std::size_t k = 0; k < predicted_.size(); ++k) {
    predicted_[k] = m[k] + duration * slope_[k];
  }
  derivative(predicted_, slope_2_);
  for (std::size_t k = 0; k < predicted_.size(); ++k) {
    m[k] += 0.5 * duration * (slope_[k] + slope_2_[k]);
  }
  if (!system_.decomposition().all(normalize(system_.layout(), m))) {
    throw SimulationError(
        "the magnetisation is not finite any more after a thermal step at t = " + std::to_string(time * 1e9) + " ns");
  }
  ++counts_.steps;
  // The last step must end exactly where the segment does: pulse edges and samples lie there.
  return parts > 1.0 ? time + duration : end;
}

}  // namespace spinsweep::micromagnetics
