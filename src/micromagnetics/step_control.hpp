#pragma once

#include <limits>

#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// Largest ratio of the next step to one that met its tolerance, and to one that did not.
inline constexpr double largest_growth = 2.0;
inline constexpr double growth_after_rejection = 0.9;
/// If even a step of this fraction of the stability bound fails, the solution is not smooth at any resolution.
inline constexpr double smallest_step_ratio = 1e-7;
/// Rejections of one slow step in a row that are common. After more, FastStepControl::set_ceiling() keeps its fast
/// steps from growing again.
inline constexpr int usual_rejections = 2;

/// The next step after one of length `step`, for an error estimate proportional to the power `order` of the step.
[[nodiscard]] double controlled_step(double step, double tolerance, double error, double order, double growth);

/// `left` divided into the smallest number of equal parts that do not exceed `largest`.
[[nodiscard]] double equal_part(double left, double largest);

/// Errors: SimulationError, always. time: s.
[[noreturn]] void give_up(double tolerance, double time, const char* what);

/// A fast step that has been taken but not yet accepted.
struct FastStep {
  double duration = 0.0;  ///< s
  double error = 0.0;     ///< 1
};

/// Chooses the fast steps by their error estimates, within the stability bound.
class FastStepControl {
 public:
  explicit FastStepControl(double tolerance) : tolerance_(tolerance) {}

  void set_largest(double duration) { largest_ = duration; }  ///< s, from the stability bound
  void set_allowed(double duration) { allowed_ = duration; }  ///< s, as allowed() was
  /// Until lift_ceiling() no good fast step makes the next one longer than this, s.
  void set_ceiling(double duration) { ceiling_ = duration; }
  void lift_ceiling() { ceiling_ = std::numeric_limits<double>::infinity(); }
  [[nodiscard]] double largest() const { return largest_; }  ///< s
  [[nodiscard]] double allowed() const { return allowed_; }  ///< s, by the error estimates so far
  [[nodiscard]] bool good(FastStep fast_step) const { return fast_step.error <= tolerance_; }

  void accept(FastStep fast_step, StepCounts& counts);
  /// time: of its start, s. Errors: SimulationError if no shorter one is worth trying.
  void reject(FastStep fast_step, double time, StepCounts& counts);

 private:
  double tolerance_;
  double largest_ = 0.0;
  double allowed_ = 0.0;
  double ceiling_ = std::numeric_limits<double>::infinity();
};

}  // namespace spinsweep::micromagnetics
