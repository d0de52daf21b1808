#include "parallel/petsc.hpp"

#include <string>

#include "base/error.hpp"

namespace spinsweep::parallel {

void check_petsc(PetscErrorCode code) {
  if (code == 0) {
    return;
  }
  const char* text = nullptr;
  PetscErrorMessage(code, &text, nullptr);
  throw EnvironmentError("PETSc reports error " + std::to_string(code) + ": " +
                         (text != nullptr ? text : "no description"));
}

void destroy_vec(Vec vec) noexcept {
  VecDestroy(&vec);
}

void destroy_ts(TS ts) noexcept {
  TSDestroy(&ts);
}

void destroy_mat(Mat mat) noexcept {
  MatDestroy(&mat);
}

void destroy_ksp(KSP ksp) noexcept {
  KSPDestroy(&ksp);
}

}  // namespace spinsweep::parallel
