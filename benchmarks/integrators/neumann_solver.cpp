#include "neumann_solver.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace spinsweep::benchmarks {

NeumannSolver::NeumannSolver(const micromagnetics::FieldLayout& layout)
    : layout_(layout), work_(static_cast<std::size_t>(layout.nx()) * static_cast<std::size_t>(layout.ny())) {
  const int nx = layout.nx();
  const int ny = layout.ny();
  forward_.reset(fftw_plan_r2r_2d(ny, nx, work_.data(), work_.data(), FFTW_REDFT10, FFTW_REDFT10, FFTW_MEASURE));
  backward_.reset(fftw_plan_r2r_2d(ny, nx, work_.data(), work_.data(), FFTW_REDFT01, FFTW_REDFT01, FFTW_MEASURE));
  const auto eigenvalue = [](int k, int n) { return 4.0 * std::pow(std::sin(0.5 * std::numbers::pi * k / n), 2); };
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      eigenvalues_.push_back(eigenvalue(i, nx) + eigenvalue(j, ny));
    }
  }
}

void NeumannSolver::solve(double shift, double strength, const double* b, double* x) const {
  const auto nx = static_cast<std::size_t>(layout_.nx());
  const double scale = 1.0 / (4.0 * static_cast<double>(work_.size()));
  for (std::size_t component = 0; component < 3; ++component) {
    const std::size_t offset = component * layout_.component_size();
    for (int j = 0; j < layout_.ny(); ++j) {
      const double* row = b + offset + layout_.index(0, j);
      std::copy(row, row + nx, work_.begin() + static_cast<std::ptrdiff_t>(nx) * j);
    }
    fftw_execute(forward_.get());
    for (std::size_t k = 0; k < work_.size(); ++k) {
      work_[k] *= scale / (shift + strength * eigenvalues_[k]);
    }
    fftw_execute(backward_.get());
    for (int j = 0; j < layout_.ny(); ++j) {
      const auto row = work_.begin() + static_cast<std::ptrdiff_t>(nx) * j;
      std::copy(row, row + static_cast<std::ptrdiff_t>(nx), x + offset + layout_.index(0, j));
    }
  }
}

}  // namespace spinsweep::benchmarks
