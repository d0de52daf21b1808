#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/aligned_vector.hpp"
#include "micromagnetics/chessboard_stepper.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/stepper.hpp"
#include "micromagnetics/thermal_steps.hpp"
#include "micromagnetics/turn_in_field.hpp"

namespace spinsweep::micromagnetics {

/// Integration of the stochastic LLGS equation at a temperature above zero with two time steps, like the reversible
/// reference system propagator algorithm of M. Tuckerman, B. J. Berne and G. J. Martyna, J. Chem. Phys. 97, 1990
/// (1992).
///
/// The far part of the demagnetising field, which costs most and is small and smooth, acts as an impulse in the middle
/// of an outer step: every cell is turned in it for the whole step at once. Before and after it ChessboardStepper takes
/// inner steps of everything else. The durations are fixed (thermal_steps.hpp). The error is of second order in the
/// inner step and of first order in the outer one, because the far field is evaluated at the start of its impulse.
///
/// The outer steps begin at the last restart and follow each other to the next corner; where step() is made to stop in
/// between, m is that of the last outer step before, so the trajectory does not depend on when it is looked at.
class ThermalStepper final : public Stepper {
 public:
  /// seed: of the noise. The temperature is that of the system's material; it must be above zero.
  ThermalStepper(LlgsSystem& system, std::uint64_t seed) : ThermalStepper(system, seed, {}) {}
  /// With those steps, for studies of convergence.
  ThermalStepper(LlgsSystem& system, std::uint64_t seed, std::optional<ThermalSteps> steps);

  /// Recomputes the steps. The sequence of the noise continues. Errors: SimulationError if the steps are too short.
  void restart() override;
  void set_corner(double time) override { corner_ = time; }

  /// Errors: SimulationError if the magnetisation is not finite after the step.
  double step(double time, double end, std::span<double> m) override;

  [[nodiscard]] const StepCounts& counts() const override { return counts_; }

  /// The noise depends on the number of the step only; reference_time is that of the last outer step.
  [[nodiscard]] StepperState state() const override;
  void restore(const StepperState& state) override;

 private:
  void take_outer_step(double duration, std::span<double> m);
  /// Turns every cell in the far part of the demagnetising field for that time (s).
  void turn_in_far_field(double duration, std::span<double> m);

  LlgsSystem& system_;
  ChessboardStepper inner_;
  TurnSeries series_;
  std::optional<ThermalSteps> given_steps_;
  ThermalSteps steps_;
  double corner_ = 0.0;    ///< s
  double step_end_ = 0.0;  ///< of the last outer step, s
  bool restarted_ = true;
  StepCounts counts_;
  AlignedVector<double> field_;  ///< A/m
};

}  // namespace spinsweep::micromagnetics
