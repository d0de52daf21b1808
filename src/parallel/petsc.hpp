#pragma once

#include <petscts.h>

#include "base/handle.hpp"

/// Thin owners for PETSc's objects and the check of its return codes.
namespace spinsweep::parallel {

/// Throws EnvironmentError with PETSc's own text if `code` is an error.
void check_petsc(PetscErrorCode code);

void destroy_vec(Vec vec) noexcept;
void destroy_ts(TS ts) noexcept;

using UniqueVec = UniqueHandle<Vec, &destroy_vec>;
using UniqueTS = UniqueHandle<TS, &destroy_ts>;

}  // namespace spinsweep::parallel
