#include "micromagnetics/time_integration.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "micromagnetics/multirate_stepper.hpp"
#include "micromagnetics/stepper_ts.hpp"
#include "micromagnetics/thermal_stepper.hpp"
#include "micromagnetics/whole_field.hpp"

namespace spinsweep::micromagnetics {

using parallel::check_petsc;

namespace {

std::unique_ptr<Stepper> make_stepper(LlgsSystem& system, double tolerance, std::uint64_t noise_seed) {
  if (system.material().temperature > 0.0) {
    return std::make_unique<ThermalStepper>(system, noise_seed);
  }
  return std::make_unique<MultirateStepper>(system, tolerance);
}

MPI_Comm petsc_communicator(const LlgsSystem& system) {
  return system.decomposition().shared() ? system.decomposition().group()->get() : PETSC_COMM_SELF;
}

/// Calls use(field) for every vector field of a state.
template <class Use>
void for_each_field(IntegrationState& state, Use use) {
  use(state.magnetization);
  use(state.stepper.reference_field);
  for (auto& field : state.stepper.history.fields) {
    use(field);
  }
}

}  // namespace

TimeIntegration::TimeIntegration(LlgsSystem& system, double tolerance, std::uint64_t noise_seed) : system_(system) {
  system.decomposition().collectively([&] {
    stepper_ = make_stepper(system, tolerance, noise_seed);
    magnetization_.assign(system.layout().size(), 0.0);
  });
  register_stepper_ts();
  const MPI_Comm communicator = petsc_communicator(system);
  check_petsc(VecCreateMPIWithArray(communicator, 1, static_cast<PetscInt>(magnetization_.size()), PETSC_DECIDE,
                                    magnetization_.data(), vector_.out()));
  check_petsc(TSCreate(communicator, ts_.out()));
  TS ts = ts_.get();
  check_petsc(TSSetProblemType(ts, TS_NONLINEAR));
  check_petsc(TSSetType(ts, stepper_ts_type));
  check_petsc(TSSetRHSFunction(ts, nullptr, &TimeIntegration::compute_derivative, this));
  check_petsc(TSSetApplicationContext(ts, this));
  check_petsc(TSSetPostStep(ts, &TimeIntegration::finish_step));
  check_petsc(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP));
  check_petsc(TSSetMaxSteps(ts, PETSC_MAX_INT));
  check_petsc(TSSetErrorIfStepFails(ts, PETSC_FALSE));
  check_petsc(TSSetTolerances(ts, tolerance, nullptr, 0.0, nullptr));
  check_petsc(TSSetFromOptions(ts));
  set_stepper(ts, *stepper_, pending_);
  PetscBool ours = PETSC_FALSE;
  check_petsc(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(ts), stepper_ts_type, &ours));
  if (ours == PETSC_FALSE && system.material().temperature > 0.0) {
    throw EnvironmentError(std::string("a temperature above 0 needs PETSc's time stepper ") + stepper_ts_type +
                           ", the only one with a thermal field; -ts_type asks for another");
  }
  if (ours == PETSC_FALSE && system.decomposition().shared()) {
    throw EnvironmentError(std::string("several ranks can share a case only with PETSc's time stepper ") +
                           stepper_ts_type + "; -ts_type asks for another");
  }
  step_is_normalized_ = ours == PETSC_TRUE;
}

void TimeIntegration::set_magnetization(std::span<const double> m) {
  std::copy(m.begin(), m.end(), magnetization_.begin());
  if (!system_.decomposition().all(normalize(system_.layout(), magnetization_))) {
    throw SimulationError("the initial magnetisation holds a number that is not finite");
  }
  stepper_->restart();
}

void TimeIntegration::set_current(const CurrentRamp& current) {
  if (current != system_.current()) {
    system_.set_current(current);
    stepper_->restart();
  }
}

IntegrationState TimeIntegration::state() const {
  IntegrationState state;
  system_.decomposition().collectively([&] {
    state = {time_, system_.current(), {magnetization_.begin(), magnetization_.end()}, stepper_->state()};
  });
  if (system_.decomposition().shared()) {
    for_each_field(state, [this](std::vector<double>& field) {
      if (!field.empty()) {
        field = gather_on_first(system_.mesh(), system_.decomposition(), field);
      }
    });
  }
  return state;
}

void TimeIntegration::restore(IntegrationState state) {
  if (system_.decomposition().shared()) {
    for_each_field(state, [this](std::vector<double>& field) {
      if (!field.empty()) {
        field = own_rows(system_.mesh(), system_.decomposition(), field);
      }
    });
  }
  time_ = state.time;
  system_.set_current(state.current);
  std::copy(state.magnetization.begin(), state.magnetization.end(), magnetization_.begin());
  stepper_->restore(state.stepper);
}

bool TimeIntegration::advance(double end, double corner) {
  if (end <= time_) {
    return true;
  }
  stepper_->set_corner(corner);
  constexpr double first_step_of_single_rate_integrators = 1e-14;
  TS ts = ts_.get();
  check_petsc(TSSetTime(ts, time_));
  check_petsc(TSSetMaxTime(ts, end));
  check_petsc(TSSetTimeStep(ts, std::min(end - time_, first_step_of_single_rate_integrators)));
  check_petsc(TSRestartStep(ts));
  const PetscErrorCode code = TSSolve(ts, vector_.get());
  if (pending_) {
    std::rethrow_exception(std::exchange(pending_, nullptr));
  }
  check_petsc(code);
  TSConvergedReason reason = TS_CONVERGED_ITERATING;
  check_petsc(TSGetConvergedReason(ts, &reason));
  if (reason < 0) {
    throw SimulationError(std::string("PETSc's time stepper gave up: ") + TSConvergedReasons[reason]);
  }
  return time_ == end;
}

PetscErrorCode TimeIntegration::compute_derivative(TS /*ts*/, PetscReal time, Vec m, Vec dmdt, void* self) {
  auto* integration = static_cast<TimeIntegration*>(self);
  const std::size_t size = integration->system_.layout().size();
  const PetscScalar* input = nullptr;
  PetscScalar* output = nullptr;
  PetscFunctionBegin;
  PetscCall(VecGetArrayRead(m, &input));
  PetscCall(VecGetArrayWrite(dmdt, &output));
  integration->system_.derivative({input, size}, {output, size}, time);
  PetscCall(VecRestoreArrayWrite(dmdt, &output));
  PetscCall(VecRestoreArrayRead(m, &input));
  PetscFunctionReturn(0);
}

PetscErrorCode TimeIntegration::finish_step(TS ts) {
  TimeIntegration* integration = nullptr;
  Vec solution = nullptr;
  PetscScalar* m = nullptr;
  PetscFunctionBegin;
  PetscCall(TSGetApplicationContext(ts, &integration));
  PetscCall(TSGetTime(ts, &integration->time_));
  PetscCall(TSGetSolution(ts, &solution));
  PetscCall(VecGetArray(solution, &m));
  if (!integration->step_is_normalized_ &&
      !normalize(integration->system_.layout(), {m, integration->system_.layout().size()})) {
    integration->pending_ = std::make_exception_ptr(SimulationError("the magnetisation is no longer finite"));
    PetscCall(TSSetConvergedReason(ts, TS_DIVERGED_STEP_REJECTED));
  }
  PetscCall(VecRestoreArray(solution, &m));
  if (integration->observer_ && !integration->pending_) {
    try {
      if (integration->observer_()) {
        PetscCall(TSSetConvergedReason(ts, TS_CONVERGED_USER));
      }
    } catch (...) {
      integration->pending_ = std::current_exception();
      PetscCall(TSSetConvergedReason(ts, TS_DIVERGED_STEP_REJECTED));
    }
  }
  PetscFunctionReturn(0);
}

}  // namespace spinsweep::micromagnetics
