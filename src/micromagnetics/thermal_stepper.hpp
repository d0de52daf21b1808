#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/stepper.hpp"
#include "micromagnetics/thermal_field.hpp"

namespace spinsweep::micromagnetics {

/// The longest step of ThermalStepper in a film whose rates have that bound (1/s, stability.hpp), s.
[[nodiscard]] double longest_thermal_step(const Material& material, const Mesh& mesh, double spectral_radius);

/// Integration of the stochastic LLGS equation at a temperature above zero by Heun's method, which converges to the
/// Stratonovich solution: J. L. Garcia-Palacios and F. J. Lazaro, Phys. Rev. B 58, 14937 (1998). Every field, the
/// demagnetising one too, is evaluated at both stages.
///
/// The step is fixed: the longest with which every spin wave the mesh can carry keeps its thermal energy to a per cent
/// (heun_equipartition_radius), and with which the noise turns no cell by more than a small angle. Before the end of a
/// segment it is shortened so that whole steps fit.
class ThermalStepper final : public Stepper {
 public:
  /// seed: of the noise. The temperature is that of the system's material; it must be above zero.
  ThermalStepper(LlgsSystem& system, std::uint64_t seed);

  /// Recomputes the step. The sequence of the noise continues.
  void restart() override;

  /// Errors: SimulationError if the magnetisation is not finite after the step.
  double step(double time, double end, std::span<double> m) override;

  [[nodiscard]] const StepCounts& counts() const override { return counts_; }

  /// The noise depends on the number of the step only, so the counts are the whole state.
  [[nodiscard]] StepperState state() const override;
  void restore(const StepperState& state) override;

 private:
  void derivative(std::span<double> m, std::vector<double>& result);

  LlgsSystem& system_;
  ThermalField noise_;
  double largest_step_ = 0.0;  ///< s
  StepCounts counts_;
  std::vector<double> thermal_;  ///< A/m
  std::vector<double> demag_;    ///< A/m
  std::vector<double> slope_;    ///< at the beginning of the step, 1/s
  std::vector<double> slope_2_;  ///< at its predicted end, 1/s
  std::vector<double> predicted_;
};

}  // namespace spinsweep::micromagnetics
