#include "micromagnetics/attempt_frequency.hpp"

#include <Eigen/LU>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/error.hpp"
#include "micromagnetics/hessian.hpp"
#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// A magnetic cell with two unit vectors that make a right-handed system with its magnetisation.
struct TangentPlane {
  std::size_t cell = 0;  ///< place in the layout of one component
  Vector3 first;
  Vector3 second;
};

Vector3 unit(Vector3 a) {
  return (1.0 / std::sqrt(dot(a, a))) * a;
}

std::vector<TangentPlane> tangent_planes(const FieldLayout& layout, std::span<const double> m) {
  const std::size_t size = layout.component_size();
  std::vector<TangentPlane> planes;
  for (std::size_t k = 0; k < size; ++k) {
    const Vector3 direction{m[k], m[k + size], m[k + 2 * size]};
    if (dot(direction, direction) > 0.0) {
      // Of x and z the one that is farther from the magnetisation.
      const Vector3 aside =
          std::abs(direction.x) < std::abs(direction.z) ? Vector3{1.0, 0.0, 0.0} : Vector3{0.0, 0.0, 1.0};
      const Vector3 first = unit(cross(direction, aside));
      planes.push_back({k, first, cross(direction, first)});
    }
  }
  return planes;
}

}  // namespace

HessianMatrix::HessianMatrix(LlgsSystem& system, std::span<const double> m) {
  const std::size_t size = system.layout().component_size();
  const std::vector<TangentPlane> planes = tangent_planes(system.layout(), m);
  const auto count = static_cast<Eigen::Index>(planes.size());
  matrix_.resize(2 * count, 2 * count);
  moments_.setOnes(2 * count);
  if (const LocalMaterials* materials = system.local_materials()) {
    for (Eigen::Index k = 0; k < 2 * count; ++k) {
      moments_[k] = materials->moment()[planes[static_cast<std::size_t>(k % count)].cell];
    }
  }
  Hessian hessian(system, m);
  std::vector<double> displacement(m.size(), 0.0);
  std::vector<double> image(m.size());
  const auto put = [&](std::size_t cell, Vector3 value) {
    displacement[cell] = value.x;
    displacement[cell + size] = value.y;
    displacement[cell + 2 * size] = value.z;
  };
  for (Eigen::Index column = 0; column < count; ++column) {
    const TangentPlane& plane = planes[static_cast<std::size_t>(column)];
    for (const Eigen::Index direction : {Eigen::Index{0}, Eigen::Index{1}}) {
      put(plane.cell, direction == 0 ? plane.first : plane.second);
      hessian.apply(displacement, image);
      for (Eigen::Index row = 0; row < count; ++row) {
        const TangentPlane& other = planes[static_cast<std::size_t>(row)];
        const Vector3 value{image[other.cell], image[other.cell + size], image[other.cell + 2 * size]};
        matrix_(row, column + direction * count) = dot(other.first, value);
        matrix_(row + count, column + direction * count) = dot(other.second, value);
      }
    }
    put(plane.cell, {});
  }
  const Eigen::PartialPivLU<Eigen::MatrixXd> factors(matrix_);
  log_determinant_ = factors.matrixLU().diagonal().array().abs().log().sum();
  if (!std::isfinite(log_determinant_)) {
    throw SimulationError("the energy has no curvature in one direction, so that no attempt frequency exists");
  }
}

double growth_rate(const HessianMatrix& saddle, double lowest_curvature, double damping, double gyromagnetic_ratio) {
  const Eigen::MatrixXd& hessian = saddle.matrix();
  const Eigen::Index count = hessian.rows() / 2;
  const Eigen::VectorXd& moments = saddle.moments();
  // moment (damping + m x): the rotation takes the first vector of a tangent plane to the second.
  const auto damp_and_rotate = [&](const Eigen::VectorXd& v) {
    Eigen::VectorXd result = damping * v;
    result.head(count) -= v.tail(count);
    result.tail(count) += v.head(count);
    return Eigen::VectorXd(moments.cwiseProduct(result));
  };
  // Inverse iteration: all other s have negative real parts, and the largest that can be is where Hessian + s damping
  // moment becomes positive. The second shift is close to the root.
  constexpr double first_accuracy = 1e-3;
  constexpr double accuracy = 1e-10;
  constexpr int most_iterations = 1000;
  double shift = -lowest_curvature / (damping * moments.minCoeff());
  double root = shift;
  Eigen::VectorXd v = Eigen::VectorXd::LinSpaced(2 * count, 1.0, 2.0);
  for (const double wanted : {first_accuracy, accuracy}) {
    Eigen::MatrixXd shifted = hessian;
    shifted.diagonal() += shift * damping * moments;
    shifted.topRightCorner(count, count).diagonal() -= shift * moments.head(count);
    shifted.bottomLeftCorner(count, count).diagonal() += shift * moments.head(count);
    const Eigen::PartialPivLU<Eigen::MatrixXd> factors(shifted);
    double before = 0.0;
    for (int k = 0; k < most_iterations && !(std::abs(root - before) <= wanted * std::abs(root)); ++k) {
      v.normalize();
      const Eigen::VectorXd next = factors.solve(damp_and_rotate(v));
      before = root;
      root = shift - 1.0 / v.dot(next);
      v = next;
    }
    shift = root * (1.0 + first_accuracy);
  }
  return gyromagnetic_ratio * root;
}

double attempt_frequency(const HessianMatrix& minimum, const HessianMatrix& saddle, double growth_rate) {
  return growth_rate / (2.0 * std::numbers::pi) *
         std::exp(0.5 * (minimum.log_determinant() - saddle.log_determinant()));
}

}  // namespace spinsweep::micromagnetics
