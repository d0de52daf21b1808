#pragma once

#include <span>
#include <vector>

#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// Explicit multirate integration of the LLGS equation.
///
/// The demagnetising field costs most and changes slowly; exchange is what is stiff, and it is local. So one step
/// evaluates the demagnetising field once, at its end, and carries it as a quadratic extrapolation of its last three
/// values through as many substeps as the local terms need. Substeps are the 3(2) Runge-Kutta pair of P. Bogacki and
/// L. F. Shampine, Appl. Math. Lett. 2, 321 (1989). Both rates are adaptive: a substep by its embedded error estimate
/// and the stability bound of stability.hpp, a step by comparing the extrapolated with the evaluated field at its end.
class MultirateStepper final : public Stepper {
 public:
  /// tolerance: the error a component of m may make in one substep and, through the extrapolated field, in one step, 1.
  MultirateStepper(LlgsSystem& system, double tolerance);

  /// The field's history no longer says how it will go on.
  void restart() override;

  /// Errors: SimulationError if no step, however short, meets the tolerance.
  double step(double time, double end, std::span<double> m) override;

  [[nodiscard]] const StepCounts& counts() const override { return counts_; }

  [[nodiscard]] StepperState state() const override {
    return {restarted_, substep_, interval_, counts_, history_.state()};
  }
  void restore(const StepperState& state) override;

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
