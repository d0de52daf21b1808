#pragma once

namespace spinsweep::micromagnetics {

/// Parts of a simulation whose time is measured; they do not overlap. The names in PETSc's log (-log_view) are
/// DemagField, FastStepStages, FastStepSlope, StepControl and ReadOut.
enum class Activity {
  demagnetizing_field,  ///< evaluated by the multirate integration
  fast_step_stages,     ///< local terms, torque and stage vectors, one fused pass for each stage
  fast_step_slope,      ///< the same at the ends of fast steps, with the fast step's error estimate
  step_control,         ///< error of the extrapolated demagnetising field
  read_out              ///< means, energies (with a demagnetising field of their own), conductance, maps
};

/// Adds its lifetime to the time of an activity while PETSc is logging.
class LoggedActivity {
 public:
  explicit LoggedActivity(Activity activity);
  LoggedActivity(const LoggedActivity&) = delete;
  LoggedActivity& operator=(const LoggedActivity&) = delete;
  ~LoggedActivity();

 private:
  Activity activity_;
};

/// Starts PETSc's logging, as -log_view does. Errors: EnvironmentError if PETSc refuses.
void start_logging();

/// Time of an activity on this rank since PETSc has been logging, s.
[[nodiscard]] double logged_seconds(Activity activity);

}  // namespace spinsweep::micromagnetics
