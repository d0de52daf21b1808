#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/aligned_vector.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/stepper.hpp"
#include "parallel/petsc.hpp"

namespace spinsweep::micromagnetics {

/// State of an integration between two steps, from which it resumes to the bit on any number of ranks. Its vector
/// fields are those of the whole mesh.
struct IntegrationState {
  double time = 0.0;  ///< s
  CurrentRamp current;
  std::vector<double> magnetization;
  StepperState stepper;
};

/// The magnetisation of one film and the PETSc TS that integrates it.
///
/// The integrator is the type of stepper_ts.hpp, which takes the steps of MultirateStepper or, above zero temperature,
/// of ThermalStepper, unless PETSC_OPTIONS asks for another (-ts_type rk, ...), which then evaluates every field at
/// every stage; -ts_monitor, -ts_view and -log_view work as with any PETSc program.
///
/// If several ranks share the system, all of them make and call this object alike, and the observer must return the
/// same on all of them.
class TimeIntegration {
 public:
  /// tolerance: error a component of m may make in one step, 1; without effect above zero temperature. noise_seed: of
  /// the thermal field. The system must outlive this object. Errors: EnvironmentError if PETSc refuses, or is asked for
  /// a type without a thermal field where there is one, or for one that is not ours where ranks share the system.
  TimeIntegration(LlgsSystem& system, double tolerance, std::uint64_t noise_seed = 0);

  /// Current time, s; 0 at first.
  [[nodiscard]] double time() const { return time_; }
  [[nodiscard]] std::span<const double> magnetization() const { return magnetization_; }
  [[nodiscard]] const StepCounts& counts() const { return stepper_->counts(); }
  [[nodiscard]] LlgsSystem& system() { return system_; }

  /// Replaces the magnetisation (vector field in the system's layout); it is normalised.
  void set_magnetization(std::span<const double> m);

  /// Sets the current density (A/m^2). A change is a corner of its course: the steppers restart here.
  void set_current_density(double current_density) { set_current(CurrentRamp::constant(current_density)); }
  /// The same for a current that changes linearly up to the next corner.
  void set_current(const CurrentRamp& current);

  /// Called after every step; returns true to have advance() stop there. It may call state().
  using Observer = std::function<bool()>;
  void observe(Observer observer) { observer_ = std::move(observer); }

  /// Called now and then within a step, see Stepper::watch(); what it throws ends advance(), and time() and
  /// magnetization() are those of the last step. Only steppers that override Stepper::watch() call it. A state() taken
  /// then is not one between two steps.
  void watch_steps(const Stepper::DuringStep& during_step) { stepper_->watch(during_step); }

  /// Integrates to `end` (s) exactly, unless the observer stops it before. Called again with the same `end` it
  /// continues as if it had not been stopped. Returns whether `end` was reached. Errors: SimulationError if the
  /// tolerance cannot be met; whatever the observer throws.
  bool advance(double end) { return advance(end, end); }
  /// The same where the next corner of the current is at `corner` (s), not before `end`. Above zero temperature the
  /// magnetisation at `end` is that of the last step before it, less than a step old; the trajectory up to the corner
  /// is the same wherever it is looked at.
  bool advance(double end, double corner);

  /// An integration that restores this state continues as this one does, to the bit, unless -ts_type asks for another
  /// integrator. Where ranks share the system, only the first rank gets the vector fields.
  [[nodiscard]] IntegrationState state() const;
  /// The state must come from a system of the same mesh and be the same on all ranks.
  void restore(IntegrationState state);

 private:
  static PetscErrorCode compute_derivative(TS ts, PetscReal time, Vec m, Vec dmdt, void* self);
  static PetscErrorCode finish_step(TS ts);

  LlgsSystem& system_;
  std::unique_ptr<Stepper> stepper_;
  Observer observer_;
  std::exception_ptr pending_;
  AlignedVector<double> magnetization_;
  parallel::UniqueVec vector_;  ///< PETSc's view of magnetization_
  parallel::UniqueTS ts_;
  bool step_is_normalized_ = false;  ///< by the integrator itself
  double time_ = 0.0;
};

}  // namespace spinsweep::micromagnetics
