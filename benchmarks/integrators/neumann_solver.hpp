#pragma once

#include <fftw3.h>

#include <memory>
#include <vector>

#include "micromagnetics/mesh.hpp"

namespace spinsweep::benchmarks {

/// Solves (shift - strength L) x = b in each component of a vector field on a
/// rectangle without holes, L being the five-point Laplacian's stencil with
/// dm/dn = 0: by a cosine transform, which diagonalises it.
class NeumannSolver {
 public:
  explicit NeumannSolver(const micromagnetics::FieldLayout& layout);

  void solve(double shift, double strength, const double* b, double* x) const;

 private:
  struct DestroyPlan {
    void operator()(fftw_plan plan) const { fftw_destroy_plan(plan); }
  };
  using Plan = std::unique_ptr<std::remove_pointer_t<fftw_plan>, DestroyPlan>;

  micromagnetics::FieldLayout layout_;
  mutable std::vector<double> work_;
  std::vector<double> eigenvalues_;  ///< of -L, in the order of work_
  Plan forward_;
  Plan backward_;
};

}  // namespace spinsweep::benchmarks
