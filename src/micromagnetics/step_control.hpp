#pragma once

#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// How much longer the next step may be than one that met its tolerance, and than one that did not.
inline constexpr double largest_growth = 2.0;
inline constexpr double growth_after_rejection = 0.9;
/// A step this much shorter than the stability bound means that the solution is not smooth at any resolution.
inline constexpr double smallest_step_ratio = 1e-7;

/// The next step after one of length `step`, for an error estimate that goes with the power `order` of the step.
[[nodiscard]] double controlled_step(double step, double tolerance, double error, double order, double growth);

/// The length of the next of as many equal parts of `left` as are needed for none to exceed `largest`.
[[nodiscard]] double equal_part(double left, double largest);

/// Errors: SimulationError, always. time: s.
[[noreturn]] void give_up(double tolerance, double time, const char* what);

/// A substep as it was taken but not yet accepted.
struct Substep {
  double duration = 0.0;  ///< s
  double error = 0.0;     ///< 1
};

/// Chooses the substeps of the local terms by their error estimates, within what is stable.
class SubstepControl {
 public:
  explicit SubstepControl(double tolerance) : tolerance_(tolerance) {}

  void set_largest(double duration) { largest_ = duration; }  ///< s, from the stability bound
  void set_allowed(double duration) { allowed_ = duration; }  ///< s, as allowed() was
  [[nodiscard]] double largest() const { return largest_; }   ///< s
  [[nodiscard]] double allowed() const { return allowed_; }   ///< s, by the error estimates so far
  [[nodiscard]] bool good(Substep substep) const { return substep.error <= tolerance_; }

  void accept(Substep substep, StepCounts& counts);
  /// time: of its start, s. Errors: SimulationError if no shorter one is worth trying.
  void reject(Substep substep, double time, StepCounts& counts);

 private:
  double tolerance_;
  double largest_ = 0.0;
  double allowed_ = 0.0;
};

}  // namespace spinsweep::micromagnetics
