#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "micromagnetics/columns.hpp"
#include "micromagnetics/demag_history.hpp"

namespace spinsweep::micromagnetics {

/// How often the parts of the right-hand side were evaluated.
struct StepCounts {
  std::int64_t steps = 0;                    ///< accepted steps
  std::int64_t rejected_steps = 0;           ///< slow steps repeated: the extrapolated field was wrong
  std::int64_t fast_steps = 0;               ///< accepted fast steps of the local terms
  std::int64_t rejected_fast_steps = 0;      ///< fast steps repeated: the error estimate was too large
  std::int64_t demag_evaluations = 0;        ///< of the demagnetising field, in all or in the active columns
  std::int64_t whole_demag_evaluations = 0;  ///< of these in all columns
  std::int64_t local_evaluations = 0;        ///< of the local terms and the torque
  std::int64_t active_columns = 0;           ///< summed over the evaluations of the local terms
};

/// State of a stepper between two steps, from which it resumes to the bit.
struct StepperState {
  bool restarted = true;
  double fast_step = 0.0;  ///< s
  double slow_step = 0.0;  ///< s
  StepCounts counts;
  DemagHistoryState history;
  Columns active;                       ///< of the multirate integration, like what follows
  double reference_time = 0.0;          ///< s
  std::vector<double> reference_field;  ///< A/m
  double largest_rate = 0.0;            ///< 1/s, of |dm/dt| when columns were last frozen
  double frozen_until = 0.0;            ///< s
};

/// Advances a magnetisation in time, step by step.
class Stepper {
 public:
  Stepper() = default;
  Stepper(const Stepper&) = delete;
  Stepper& operator=(const Stepper&) = delete;
  Stepper(Stepper&&) = delete;
  Stepper& operator=(Stepper&&) = delete;
  virtual ~Stepper() = default;

  /// To be called after m, the current or the applied field has been changed from outside.
  virtual void restart() = 0;

  /// The time (s) up to which nothing changes from outside; without effect before the `end` of step(). The trajectory
  /// must not depend on where between two corners step() is made to stop.
  virtual void set_corner(double /*time*/) {}

  /// Takes one step from `time`, to `end` at most, overwriting m with the new magnetisation, normalised. Returns the
  /// new time, s. Errors: SimulationError if no step meets the tolerance.
  virtual double step(double time, double end, std::span<double> m) = 0;

  /// Called now and then while a step is being taken, alike on all ranks that share the film; whatever it throws ends
  /// the step and leaves m as it was. For steppers whose step can take minutes in a stiff case; the others, such as
  /// ThermalStepper with its bounded number of inner steps, are looked at after each step only.
  using DuringStep = std::function<void()>;
  virtual void watch(const DuringStep& /*during_step*/) {}

  [[nodiscard]] virtual const StepCounts& counts() const = 0;

  [[nodiscard]] virtual StepperState state() const = 0;
  /// The system must be in the state in which the stepper's state was taken: same current, same applied field.
  virtual void restore(const StepperState& state) = 0;
};

}  // namespace spinsweep::micromagnetics
