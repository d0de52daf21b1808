#pragma once

#include <Eigen/Dense>

namespace spinsweep::tests {

/// The Fokker-Planck equation of W. F. Brown, Phys. Rev. 130, 1677 (1963), for the z component of a macrospin with an
/// easy axis z,
///
///   dp/dt = D d/dz (1 - z^2) (d/dz - 2 s z) p,   s = Ku V/(kB T),   D = alpha gamma0 kB T/((1 + alpha^2) mu0 Ms V),
///
/// by finite volumes of equal width in the polar angle, whose eigenvalues and eigenvectors give its solution.
class UniaxialSpin {
 public:
  explicit UniaxialSpin(double barrier, int volumes = 400);

  /// The smallest eigenvalue above zero in units of D: the rate at which the population of the two directions relaxes.
  [[nodiscard]] double switching_rate() const { return -rates_[rates_.size() - 2]; }

  /// <m_z> at a time in units of 1/D after all spins pointed along +z.
  [[nodiscard]] double mean_from_pole(double time) const;

 private:
  Eigen::VectorXd z_;
  Eigen::VectorXd root_weight_;  ///< square root of the equilibrium's population of each volume
  Eigen::VectorXd rates_;        ///< increasing, the last is zero
  Eigen::MatrixXd modes_;
};

}  // namespace spinsweep::tests
