#include "petsc_methods.hpp"

#include <petscts.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/error.hpp"
#include "base/handle.hpp"
#include "bench/timing.hpp"
#include "exchange_torque.hpp"
#include "neumann_solver.hpp"
#include "parallel/petsc.hpp"

namespace spinsweep::benchmarks {

using parallel::check_petsc;

namespace {

void destroy_mat(Mat mat) noexcept {
  MatDestroy(&mat);
}
using UniqueMat = UniqueHandle<Mat, &destroy_mat>;

/// What PETSc's callbacks work on.
struct Problem {
  micromagnetics::LlgsSystem& system;
  bool implicit_exchange;
  ExchangeTorque exchange;
  NeumannSolver solver;
  std::vector<double> torque;  ///< 1/s
  double shift = 0.0;          ///< 1/s
  Outcome outcome;
};

/// A Vec's numbers, read or written, until the end of the scope.
class Reading {
 public:
  explicit Reading(Vec vec) : vec_(vec) { VecGetArrayRead(vec, &numbers_); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  ~Reading() { VecRestoreArrayRead(vec_, &numbers_); }
  [[nodiscard]] const double* get() const { return numbers_; }

 private:
  Vec vec_;
  const double* numbers_ = nullptr;
};

class Writing {
 public:
  explicit Writing(Vec vec) : vec_(vec) { VecGetArray(vec, &numbers_); }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;
  ~Writing() { VecRestoreArray(vec_, &numbers_); }
  [[nodiscard]] double* get() const { return numbers_; }

 private:
  Vec vec_;
  double* numbers_ = nullptr;
};

/// dm/dt of what is explicit.
PetscErrorCode explicit_part(TS /*ts*/, PetscReal /*time*/, Vec m, Vec dmdt, void* context) {
  auto& problem = *static_cast<Problem*>(context);
  const std::size_t size = problem.system.layout().size();
  const Reading from(m);
  const Writing to(dmdt);
  problem.system.derivative({from.get(), size}, {to.get(), size});
  ++problem.outcome.demag_evaluations;
  ++problem.outcome.local_evaluations;
  if (problem.implicit_exchange) {
    problem.exchange.evaluate(from.get(), problem.torque.data());
    ++problem.outcome.local_evaluations;
    for (std::size_t k = 0; k < size; ++k) {
      to.get()[k] -= problem.torque[k];
    }
  }
  return 0;
}

/// dm/dt - N(m)
PetscErrorCode implicit_part(TS /*ts*/, PetscReal /*time*/, Vec m, Vec dmdt, Vec residual, void* context) {
  auto& problem = *static_cast<Problem*>(context);
  const Reading from(m);
  const Reading rate(dmdt);
  const Writing to(residual);
  problem.exchange.evaluate(from.get(), problem.torque.data());
  ++problem.outcome.local_evaluations;
  for (std::size_t k = 0; k < problem.torque.size(); ++k) {
    to.get()[k] = rate.get()[k] - problem.torque[k];
  }
  return 0;
}

PetscErrorCode linearize(TS /*ts*/, PetscReal /*time*/, Vec m, Vec /*dmdt*/, PetscReal shift, Mat matrix, Mat /*same*/,
                         void* context) {
  auto& problem = *static_cast<Problem*>(context);
  problem.shift = shift;
  problem.exchange.linearize(Reading(m).get());
  PetscFunctionBegin;
  PetscCall(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(0);
}

PetscErrorCode multiply(Mat matrix, Vec v, Vec result) {
  Problem* problem = nullptr;
  PetscFunctionBegin;
  PetscCall(MatShellGetContext(matrix, &problem));
  problem->exchange.apply_shifted(problem->shift, Reading(v).get(), Writing(result).get());
  ++problem->outcome.local_evaluations;
  PetscFunctionReturn(0);
}

PetscErrorCode precondition(PC pc, Vec v, Vec result) {
  Problem* problem = nullptr;
  PetscFunctionBegin;
  PetscCall(PCShellGetContext(pc, &problem));
  problem->solver.solve(problem->shift, problem->exchange.strength(), Reading(v).get(), Writing(result).get());
  ++problem->outcome.preconditionings;
  PetscFunctionReturn(0);
}

PetscErrorCode normalize_step(TS ts) {
  Problem* problem = nullptr;
  Vec solution = nullptr;
  PetscFunctionBegin;
  PetscCall(TSGetApplicationContext(ts, &problem));
  PetscCall(TSGetSolution(ts, &solution));
  const auto& layout = problem->system.layout();
  PetscCheck(micromagnetics::normalize(layout, {Writing(solution).get(), layout.size()}), PETSC_COMM_SELF, PETSC_ERR_FP,
             "the magnetisation is not finite");
  ++problem->outcome.steps;
  PetscFunctionReturn(0);
}

void make_exchange_implicit(TS ts, Mat matrix, Problem& problem) {
  check_petsc(MatShellSetOperation(matrix, MATOP_MULT, reinterpret_cast<void (*)()>(multiply)));
  check_petsc(TSSetIFunction(ts, nullptr, implicit_part, &problem));
  check_petsc(TSSetIJacobian(ts, matrix, matrix, linearize, &problem));
  SNES snes = nullptr;
  KSP ksp = nullptr;
  PC pc = nullptr;
  check_petsc(TSGetSNES(ts, &snes));
  check_petsc(SNESGetKSP(snes, &ksp));
  check_petsc(KSPSetType(ksp, KSPGMRES));
  check_petsc(KSPGetPC(ksp, &pc));
  check_petsc(PCSetType(pc, PCSHELL));
  check_petsc(PCShellSetContext(pc, &problem));
  check_petsc(PCShellSetApply(pc, precondition));
  // Loosest at which the errors of the table in docs/performance.md do not
  // change.
  check_petsc(KSPSetTolerances(ksp, 1e-3, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT));
  check_petsc(SNESSetTolerances(snes, PETSC_DEFAULT, 1e-4, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT));
}

void choose_method(TS ts, const PetscMethod& method) {
  check_petsc(TSSetType(ts, method.type));
  const std::string_view type = method.type;
  if (type == TSRK) {
    check_petsc(TSRKSetType(ts, method.variant));
  } else if (type == TSARKIMEX) {
    check_petsc(TSARKIMEXSetType(ts, method.variant));
  } else {
    check_petsc(TSRosWSetType(ts, method.variant));
  }
}

}  // namespace

Outcome integrate_with_petsc(Film& film, const PetscMethod& method, double duration, double tolerance) {
  micromagnetics::LlgsSystem& system = film.system();
  const std::size_t size = system.layout().size();
  const auto length = static_cast<PetscInt>(size);
  Problem problem{.system = system,
                  .implicit_exchange = method.implicit_exchange,
                  .exchange = ExchangeTorque(system),
                  .solver = NeumannSolver(system.layout()),
                  .torque = std::vector<double>(size, 0.0),
                  .outcome = {.magnetization = film.initial()}};
  parallel::UniqueVec m;
  parallel::UniqueTS owner;
  UniqueMat matrix;
  check_petsc(VecCreateSeqWithArray(PETSC_COMM_SELF, 1, length, problem.outcome.magnetization.data(), m.out()));
  check_petsc(MatCreateShell(PETSC_COMM_SELF, length, length, length, length, &problem, matrix.out()));
  check_petsc(TSCreate(PETSC_COMM_SELF, owner.out()));
  TS ts = owner.get();
  choose_method(ts, method);
  check_petsc(TSSetApplicationContext(ts, &problem));
  check_petsc(TSSetRHSFunction(ts, nullptr, explicit_part, &problem));
  if (method.implicit_exchange) {
    make_exchange_implicit(ts, matrix.get(), problem);
  }
  check_petsc(TSSetPostStep(ts, normalize_step));
  check_petsc(TSSetTimeStep(ts, 1e-14));
  check_petsc(TSSetMaxTime(ts, duration));
  check_petsc(TSSetMaxSteps(ts, PETSC_MAX_INT));
  check_petsc(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP));
  check_petsc(TSSetTolerances(ts, tolerance, nullptr, 0.0, nullptr));
  TSAdapt adapt = nullptr;
  check_petsc(TSGetAdapt(ts, &adapt));
  check_petsc(TSAdaptSetType(adapt, TSADAPTBASIC));
  check_petsc(PetscOptionsSetValue(nullptr, "-ts_adapt_wnormtype", "infinity"));
  check_petsc(TSSetMaxSNESFailures(ts, -1));
  check_petsc(TSSetFromOptions(ts));
  const double before = bench::thread_seconds();
  check_petsc(TSSolve(ts, m.get()));
  problem.outcome.seconds = bench::thread_seconds() - before;
  TSConvergedReason reason = TS_CONVERGED_ITERATING;
  check_petsc(TSGetConvergedReason(ts, &reason));
  if (reason < 0) {
    throw SimulationError(std::string("PETSc's time stepper gave up: ") + TSConvergedReasons[reason]);
  }
  return std::move(problem.outcome);
}

}  // namespace spinsweep::benchmarks
