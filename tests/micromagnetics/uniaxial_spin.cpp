#include "micromagnetics/uniaxial_spin.hpp"

#include <cmath>
#include <numbers>

namespace spinsweep::tests {

UniaxialSpin::UniaxialSpin(double barrier, int volumes) : z_(volumes), root_weight_(volumes) {
  const auto density = [barrier](double z) { return std::exp(barrier * (z * z - 1.0)); };
  const auto edge = [volumes](int k) { return std::cos(std::numbers::pi * k / volumes); };
  for (int k = 0; k < volumes; ++k) {
    z_[k] = 0.5 * (edge(k) + edge(k + 1));
    root_weight_[k] = std::sqrt(density(z_[k]) * (edge(k) - edge(k + 1)));
  }
  // Of the symmetric matrix W^-1/2 L W^1/2, W the equilibrium.
  Eigen::VectorXd diagonal = Eigen::VectorXd::Zero(volumes);
  Eigen::VectorXd beside(volumes - 1);
  for (int k = 0; k + 1 < volumes; ++k) {
    const double z = edge(k + 1);
    const double exchange = (1.0 - z * z) * density(z) / (z_[k] - z_[k + 1]);
    diagonal[k] -= exchange / std::pow(root_weight_[k], 2);
    diagonal[k + 1] -= exchange / std::pow(root_weight_[k + 1], 2);
    beside[k] = exchange / (root_weight_[k] * root_weight_[k + 1]);
  }
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(diagonal, beside);
  rates_ = solver.eigenvalues();
  modes_ = solver.eigenvectors();
}

double UniaxialSpin::mean_from_pole(double time) const {
  // All of the population in the volume at the pole.
  const Eigen::VectorXd start = modes_.row(0).transpose() / root_weight_[0];
  const Eigen::VectorXd decayed = (rates_ * time).array().exp() * start.array();
  const Eigen::VectorXd population = (modes_ * decayed).array() * root_weight_.array();
  return population.dot(z_);
}

}  // namespace spinsweep::tests
