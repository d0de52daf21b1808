#pragma once

#include <exception>
#include <memory>
#include <span>
#include <vector>

#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/multirate_stepper.hpp"
#include "parallel/petsc.hpp"

namespace spinsweep::micromagnetics {

/// The magnetisation of one film and PETSc's TS that moves it through time.
///
/// The integrator is the multirate type of multirate_ts.hpp unless PETSC_OPTIONS asks for another (-ts_type rk, ...),
/// which then evaluates every field at every stage; -ts_monitor, -ts_view and -log_view work as with any PETSc program.
class TimeIntegration {
 public:
  /// tolerance: error a component of m may make in one step, 1. The system must outlive this object.
  /// Errors: EnvironmentError if PETSc refuses.
  TimeIntegration(LlgsSystem& system, double tolerance);

  /// Current time, s; 0 at first.
  [[nodiscard]] double time() const { return time_; }
  [[nodiscard]] std::span<const double> magnetization() const { return magnetization_; }
  [[nodiscard]] const StepCounts& counts() const { return stepper_.counts(); }
  [[nodiscard]] LlgsSystem& system() { return system_; }

  /// Replaces the magnetisation (vector field in the system's layout); it is normalised.
  void set_magnetization(std::span<const double> m);

  /// Sets the current density (A/m^2) from now on. A change is a pulse edge: a step ends and another begins here.
  void set_current_density(double current_density);

  /// Integrates up to `end` (s), which is met exactly. Errors: SimulationError if the tolerance cannot be met.
  void advance(double end);

 private:
  static PetscErrorCode compute_derivative(TS ts, PetscReal time, Vec m, Vec dmdt, void* self);
  static PetscErrorCode normalize_after_step(TS ts);

  LlgsSystem& system_;
  MultirateStepper stepper_;
  std::exception_ptr pending_;
  std::vector<double> magnetization_;
  parallel::UniqueVec vector_;  ///< PETSc's view of magnetization_
  parallel::UniqueTS ts_;
  double time_ = 0.0;
  double current_density_ = 0.0;
};

}  // namespace spinsweep::micromagnetics
