#pragma once

namespace spinsweep::micromagnetics {

/// What the time of a simulation goes into. None contains another. The names in PETSc's log (-log_view) are
/// DemagField, SubstepStages, SubstepSlope, StepControl and ReadOut.
enum class Activity {
  demagnetizing_field,  ///< evaluated by the multirate integration
  substep_stages,       ///< local terms, torque and stage vectors, one fused pass for each stage
  substep_slope,        ///< the same at the ends of substeps, with the substep's error estimate
  step_control,         ///< error of the extrapolated demagnetising field
  read_out              ///< means, energies (with a demagnetising field of their own), conductance, maps
};

/// Its lifetime counts as that of an activity, if PETSc logs.
class LoggedActivity {
 public:
  explicit LoggedActivity(Activity activity);
  LoggedActivity(const LoggedActivity&) = delete;
  LoggedActivity& operator=(const LoggedActivity&) = delete;
  ~LoggedActivity();

 private:
  Activity activity_;
};

/// Has PETSc log from now on, as -log_view does. Errors: EnvironmentError if it will not.
void start_logging();

/// Time of an activity on this rank since PETSc logs, s.
[[nodiscard]] double logged_seconds(Activity activity);

}  // namespace spinsweep::micromagnetics
