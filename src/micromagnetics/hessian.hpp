#pragma once

#include <span>
#include <vector>

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// The second derivative of the energy along the product of unit spheres at a magnetisation m, divided by mu0 Ms V: it
/// maps a tangent field v to -P H'[v] + (m.H) v, with H' the derivative of the effective field and P the projection on
/// the tangent planes. Its eigenvalues are curvatures of the energy, A/m.
class Hessian {
 public:
  /// m: of unit vectors; copied.
  Hessian(LlgsSystem& system, std::span<const double> m);

  /// result = the Hessian times v, a tangent field.
  void apply(std::span<const double> v, std::span<double> result);

  [[nodiscard]] LlgsSystem& system() const { return system_; }
  [[nodiscard]] std::span<const double> magnetization() const { return m_; }

 private:
  LlgsSystem& system_;
  std::vector<double> m_;
  std::vector<double> along_;  ///< m.H in each cell, in the layout of one component, A/m
  std::vector<double> shifted_;
  std::vector<double> field_;
};

/// Lowest curvatures, ascending, with their modes: tangent fields of norm 1, orthogonal to each other.
struct Modes {
  std::vector<double> curvatures;  ///< A/m
  std::vector<std::vector<double>> modes;
  double residual = 0.0;  ///< largest norm of (Hessian - curvature) mode, A/m
};

/// Improves guesses of the lowest modes of a Hessian: the locally optimal block preconditioned conjugate gradient
/// method without preconditioner (A. V. Knyazev, SIAM J. Sci. Comput. 23, 517 (2001)), until the residual is at most
/// `tolerance` (A/m) or after most_steps steps. guesses: linearly independent fields, projected on the tangent planes.
[[nodiscard]] Modes lowest_modes(Hessian& hessian, std::vector<std::vector<double>> guesses, double tolerance,
                                 int most_steps);

}  // namespace spinsweep::micromagnetics
