#pragma once

#include <span>

#include "micromagnetics/active_block.hpp"
#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/local_integrator.hpp"
#include "micromagnetics/step_control.hpp"
#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// Explicit multirate integration of the LLGS equation.
///
/// The demagnetising field costs most and changes slowly; exchange is what is stiff, and it is local. So one step
/// evaluates the demagnetising field once, at its end, and carries it as a quadratic extrapolation of its last three
/// values through as many substeps as the local terms need (local_integrator.hpp). Both rates are adaptive: a substep
/// by its error estimate, a step by comparing the extrapolated with the evaluated field at its end.
///
/// Columns of the mesh in which nothing moves are left as they are (passive_rate()). The others, a block around the
/// wall, are active: local terms and the change of the demagnetising field are evaluated there only, the latter
/// exactly, since nothing changes elsewhere. When the motion reaches the block's border, or needs much less of it, the
/// field is evaluated everywhere and the block is chosen anew. If nothing moves at all, time passes in one step.
class MultirateStepper final : public Stepper {
 public:
  /// tolerance: the error a component of m may make in one substep and, through the extrapolated field, in one step, 1.
  MultirateStepper(LlgsSystem& system, double tolerance);

  /// The field's history no longer says how it will go on.
  void restart() override;

  /// Errors: SimulationError if no step, however short, meets the tolerance.
  double step(double time, double end, std::span<double> m) override;

  [[nodiscard]] const StepCounts& counts() const override { return counts_; }

  [[nodiscard]] StepperState state() const override;
  void restore(const StepperState& state) override;

  /// A column is passive while no cell in it has a larger |dm/dt|, 1/s: 3% of the tolerance in a picosecond, and 1e6
  /// 1/s at most. A cell that follows the rest within 20 ps is then off by 0.6 tolerances. A track comes to rest at a
  /// fifth of that rate, at which a wall creeps by 0.006 nm in 10 ns at the default tolerance.
  [[nodiscard]] double passive_rate() const;

 private:
  /// What the end of a step says about it.
  struct StepErrors {
    bool finite = false;
    double extrapolation = 0.0;  ///< of the demagnetising field, as an error of m, 1
    Substep last;                ///< the last substep
  };

  void begin(double time, std::span<double> m);
  /// The demagnetising field of m, the first of a history.
  void evaluate_first_field(std::span<const double> m);
  /// The field at the end of a step from m to `result`, as the history's candidate.
  void evaluate_next_field(std::span<const double> m, std::span<const double> result);
  void review_active_columns(double time, std::span<double> m);
  Substep advance_substeps(double time, double end, std::span<double> m);
  StepErrors attempt_step(double time, double duration, double end, std::span<double> m);
  void shorten(const StepErrors& errors, double time, double duration);
  [[nodiscard]] double next_interval(double duration, double error, double growth) const;

  LlgsSystem& system_;
  double tolerance_;
  StepCounts counts_;
  DemagHistory history_;
  LocalIntegrator local_;
  SubstepControl substeps_;
  ActiveBlock block_;
  double interval_ = 0.0;  ///< s, between evaluations of the demagnetising field
  bool restarted_ = true;
  bool slope_is_of_m_ = false;  ///< the last slope belongs to the magnetisation the last step ended with
};

}  // namespace spinsweep::micromagnetics
