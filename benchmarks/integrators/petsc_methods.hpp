#pragma once

#include "film.hpp"

namespace spinsweep::benchmarks {

/// A time stepper of PETSc and what it treats implicitly.
struct PetscMethod {
  const char* type;     ///< TSType
  const char* variant;  ///< TSRKType, TSARKIMEXType or TSRosWType
  bool implicit_exchange;
};

/// Integrates with the method and its adaptive step: the error estimate of a
/// step is held below `tolerance` in every component of every cell. Implicit
/// equations are solved by GMRES on the exact derivative of the exchange
/// torque, preconditioned by NeumannSolver; all other terms are explicit.
/// duration: s.
[[nodiscard]] Outcome integrate_with_petsc(Film& film, const PetscMethod& method, double duration, double tolerance);

}  // namespace spinsweep::benchmarks
