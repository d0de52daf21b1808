#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "micromagnetics/columns.hpp"
#include "micromagnetics/demag_history.hpp"

namespace spinsweep::micromagnetics {

/// How often the parts of the right-hand side were evaluated.
struct StepCounts {
  std::int64_t steps = 0;                    ///< accepted steps
  std::int64_t rejected_steps = 0;           ///< steps repeated because the extrapolated field was too far off
  std::int64_t substeps = 0;                 ///< accepted Runge-Kutta substeps
  std::int64_t rejected_substeps = 0;        ///< substeps repeated because of their own error
  std::int64_t demag_evaluations = 0;        ///< of the demagnetising field, in all or in the active columns
  std::int64_t whole_demag_evaluations = 0;  ///< of these in all columns
  std::int64_t local_evaluations = 0;        ///< of the local terms and the torque
  std::int64_t active_columns = 0;           ///< summed over the evaluations of the local terms
};

/// What a stepper remembers from step to step: enough to go on from to the bit.
struct StepperState {
  bool restarted = true;
  double substep = 0.0;   ///< s
  double interval = 0.0;  ///< s
  StepCounts counts;
  DemagHistoryState history;
  Columns active;                       ///< of the multirate integration, like the next two
  double reference_time = 0.0;          ///< s
  std::vector<double> reference_field;  ///< A/m
};

/// What moves a magnetisation through time, one step after the other.
class Stepper {
 public:
  Stepper() = default;
  Stepper(const Stepper&) = delete;
  Stepper& operator=(const Stepper&) = delete;
  Stepper(Stepper&&) = delete;
  Stepper& operator=(Stepper&&) = delete;
  virtual ~Stepper() = default;

  /// To be called when m, the current or the applied field have been changed from outside.
  virtual void restart() = 0;

  /// Takes one step from `time`, to `end` at most, overwriting m with the new magnetisation, normalised. Returns the
  /// new time, s. Errors: SimulationError if the step cannot be taken at the demanded accuracy.
  virtual double step(double time, double end, std::span<double> m) = 0;

  [[nodiscard]] virtual const StepCounts& counts() const = 0;

  [[nodiscard]] virtual StepperState state() const = 0;
  /// The system must be in the state in which the stepper's state was taken: same current, same applied field.
  virtual void restore(const StepperState& state) = 0;
};

}  // namespace spinsweep::micromagnetics
