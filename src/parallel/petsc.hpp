#pragma once

#include <petscksp.h>
#include <petscts.h>

#include "base/handle.hpp"

/// Thin owners for PETSc's objects and the check of its return codes.
namespace spinsweep::parallel {

/// Throws EnvironmentError with PETSc's own text if `code` is an error.
void check_petsc(PetscErrorCode code);

void destroy_vec(Vec vec) noexcept;
void destroy_ts(TS ts) noexcept;
void destroy_mat(Mat mat) noexcept;
void destroy_ksp(KSP ksp) noexcept;

using UniqueVec = UniqueHandle<Vec, &destroy_vec>;
using UniqueTS = UniqueHandle<TS, &destroy_ts>;
using UniqueMat = UniqueHandle<Mat, &destroy_mat>;
using UniqueKSP = UniqueHandle<KSP, &destroy_ksp>;

}  // namespace spinsweep::parallel
