#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// How often the parts of the right-hand side were evaluated.
struct StepCounts {
  std::int64_t steps = 0;              ///< accepted steps, one evaluation of the demagnetising field each
  std::int64_t rejected_steps = 0;     ///< steps repeated because the extrapolated field was too far off
  std::int64_t substeps = 0;           ///< accepted Runge-Kutta substeps
  std::int64_t rejected_substeps = 0;  ///< substeps repeated because of their own error
};

/// What a stepper remembers from step to step: enough to go on from to the bit.
struct StepperState {
  bool restarted = true;
  double substep = 0.0;   ///< s
  double interval = 0.0;  ///< s
  StepCounts counts;
  DemagHistoryState history;
};

/// Explicit multirate integration of the LLGS equation.
///
/// The demagnetising field costs most and changes slowly; exchange is what is stiff, and it is local. So one step
/// evaluates the demagnetising field once, at its end, and carries it as a quadratic extrapolation of its last three
/// values through as many substeps as the local terms need. Substeps are the 3(2) Runge-Kutta pair of P. Bogacki and
/// L. F. Shampine, Appl. Math. Lett. 2, 321 (1989). Both rates are adaptive: a substep by its embedded error estimate
/// and the stability bound of stability.hpp, a step by comparing the extrapolated with the evaluated field at its end.
class MultirateStepper {
 public:
  /// tolerance: the error a component of m may make in one substep and, through the extrapolated field, in one step, 1.
  MultirateStepper(LlgsSystem& system, double tolerance);

  /// To be called when m, the current or the applied field have been changed from outside: the field's history no
  /// longer says how it will go on.
  void restart();

  /// Takes one step from `time`, to `end` at most, overwriting m with the new magnetisation, normalised. Returns the
  /// new time, s. Errors: SimulationError if no step, however short, meets the tolerance.
  double step(double time, double end, std::span<double> m);

  [[nodiscard]] const StepCounts& counts() const { return counts_; }

  [[nodiscard]] StepperState state() const { return {restarted_, substep_, interval_, counts_, history_.state()}; }
  /// The system must be in the state in which the stepper's state was taken: same current, same applied field.
  void restore(const StepperState& state);

 private:
  bool advance_substeps(double time, double end);
  double try_substep(double time, double duration);
  double extrapolation_error(const FieldCombination& extrapolated, std::span<const double> evaluated) const;

  LlgsSystem& system_;
  double tolerance_;
  double largest_substep_;  ///< s, from the stability bound
  double substep_;          ///< s, what the error estimate allows
  double interval_ = 0.0;   ///< s, between evaluations of the demagnetising field
  bool restarted_ = true;
  DemagHistory history_;
  StepCounts counts_;
  std::vector<double> state_;    ///< m at the start of the substep
  std::vector<double> slope_;    ///< dm/dt there, 1/s
  std::vector<double> slope_2_;  ///< of the second stage, 1/s
  std::vector<double> stage_;
  std::vector<double> stage_2_;
  std::vector<double> next_state_;
  std::vector<double> next_slope_;  ///< 1/s
  std::vector<double> error_;       ///< the known part of the embedded error estimate, 1
};

}  // namespace spinsweep::micromagnetics
