#include "micromagnetics/stepper_ts.hpp"

// A TS type can only be added through PETSc's private header; PETSc installs it for that purpose.
#include <petsc/private/tsimpl.h>

#include <span>

namespace spinsweep::micromagnetics {

namespace {

struct StepperData {
  Stepper* stepper;
  std::exception_ptr* pending;
};

PetscErrorCode step(TS ts) {
  auto* data = static_cast<StepperData*>(ts->data);
  PetscFunctionBegin;
  PetscCheck(data->stepper != nullptr, PetscObjectComm(reinterpret_cast<PetscObject>(ts)), PETSC_ERR_ORDER,
             "the integrator of a film has no stepper");
  PetscInt size = 0;
  PetscScalar* m = nullptr;
  PetscCall(TSPreStage(ts, ts->ptime));
  PetscCall(VecGetLocalSize(ts->vec_sol, &size));
  PetscCall(VecGetArray(ts->vec_sol, &m));
  const double start = ts->ptime;
  try {
    ts->ptime = data->stepper->step(start, ts->max_time, {m, static_cast<std::size_t>(size)});
    ts->time_step = ts->ptime - start;
  } catch (...) {
    *data->pending = std::current_exception();
    ts->reason = TS_DIVERGED_STEP_REJECTED;
  }
  PetscCall(VecRestoreArray(ts->vec_sol, &m));
  PetscFunctionReturn(0);
}

PetscErrorCode set_up(TS /*ts*/) {
  return 0;
}

PetscErrorCode reset(TS /*ts*/) {
  return 0;
}

PetscErrorCode destroy(TS ts) {
  delete static_cast<StepperData*>(ts->data);
  ts->data = nullptr;
  return 0;
}

PetscErrorCode view(TS ts, PetscViewer viewer) {
  PetscFunctionBegin;
  const auto* data = static_cast<const StepperData*>(ts->data);
  PetscBool ascii = PETSC_FALSE;
  PetscCall(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(viewer), PETSCVIEWERASCII, &ascii));
  if (ascii == PETSC_TRUE && data->stepper != nullptr) {
    const StepCounts& counts = data->stepper->counts();
    PetscCall(PetscViewerASCIIPrintf(
        viewer, "  steps %lld (%lld rejected), fast steps %lld (%lld rejected)\n", static_cast<long long>(counts.steps),
        static_cast<long long>(counts.rejected_steps), static_cast<long long>(counts.fast_steps),
        static_cast<long long>(counts.rejected_fast_steps)));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode create(TS ts) {
  ts->data = new StepperData{nullptr, nullptr};
  ts->ops->setup = set_up;
  ts->ops->step = step;
  ts->ops->reset = reset;
  ts->ops->destroy = destroy;
  ts->ops->view = view;
  ts->default_adapt_type = TSADAPTNONE;
  ts->usessnes = PETSC_FALSE;
  return 0;
}

}  // namespace

void register_stepper_ts() {
  TSRegister(stepper_ts_type, create);
}

void set_stepper(TS ts, Stepper& stepper, std::exception_ptr& pending) {
  PetscBool ours = PETSC_FALSE;
  PetscObjectTypeCompare(reinterpret_cast<PetscObject>(ts), stepper_ts_type, &ours);
  if (ours == PETSC_TRUE) {
    *static_cast<StepperData*>(ts->data) = {&stepper, &pending};
  }
}

}  // namespace spinsweep::micromagnetics
