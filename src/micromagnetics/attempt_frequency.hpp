#pragma once

#include <Eigen/Core>
#include <span>

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// The Hessian of a magnetisation as a matrix, in a basis of two vectors of each magnetic cell's tangent plane. Takes
/// four evaluations of the field for each cell, 32 bytes for each pair of cells, and the time of matrices of that size.
class HessianMatrix {
 public:
  /// m: a minimum or saddle point of the energy. Errors: SimulationError if the Hessian is singular.
  HessianMatrix(LlgsSystem& system, std::span<const double> m);

  /// Natural logarithm of the modulus of the determinant, curvatures in A/m.
  [[nodiscard]] double log_determinant() const { return log_determinant_; }
  [[nodiscard]] const Eigen::MatrixXd& matrix() const { return matrix_; }
  /// Of the cell of each row, over that of a full cell.
  [[nodiscard]] const Eigen::VectorXd& moments() const { return moments_; }

 private:
  Eigen::MatrixXd matrix_;
  Eigen::VectorXd moments_;
  double log_determinant_ = 0.0;
};

/// The rate at which a small displacement from a saddle point grows by the linearised equation of Landau, Lifshitz and
/// Gilbert, 1/s. lowest_curvature: the only negative one of the saddle point's Hessian, A/m; gyromagnetic_ratio:
/// gamma_0, m/(A s). It is gamma_0 s, s > 0 being the root of det(Hessian + s moment (damping + m x)) = 0.
[[nodiscard]] double growth_rate(const HessianMatrix& saddle, double lowest_curvature, double damping,
                                 double gyromagnetic_ratio);

/// The frequency f of Langer's rate f exp(-barrier/(kB T)) across a saddle point in harmonic approximation and for
/// intermediate to high damping, 1/s: growth_rate/(2 pi) sqrt(det Hessian(minimum)/|det Hessian(saddle point)|).
/// J. S. Langer, Ann. Phys. 54, 258 (1969); for magnetisations H. B. Braun, J. Appl. Phys. 76, 6310 (1994), and
/// W. T. Coffey and Y. P. Kalmykov, J. Appl. Phys. 112, 121301 (2012), section III.
[[nodiscard]] double attempt_frequency(const HessianMatrix& minimum, const HessianMatrix& saddle, double growth_rate);

}  // namespace spinsweep::micromagnetics
