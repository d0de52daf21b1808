#include "micromagnetics/hessian.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <utility>

#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {

namespace {

using Fields = std::vector<std::vector<double>>;

/// Fields and what the Hessian makes of them.
struct Subspace {
  Fields fields;
  Fields images;
};

Eigen::MatrixXd products(const Fields& a, const Fields& b) {
  Eigen::MatrixXd matrix(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = inner_product(a[i], b[j]);
    }
  }
  return matrix;
}

Fields combine(const Fields& fields, const Eigen::MatrixXd& weights) {
  Fields combined(static_cast<std::size_t>(weights.cols()), std::vector<double>(fields.front().size(), 0.0));
  for (std::size_t c = 0; c < combined.size(); ++c) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const double weight = weights(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c));
      for (std::size_t k = 0; k < combined[c].size(); ++k) {
        combined[c][k] += weight * fields[i][k];
      }
    }
  }
  return combined;
}

Subspace combine(const Subspace& space, const Eigen::MatrixXd& weights) {
  return {combine(space.fields, weights), combine(space.images, weights)};
}

/// Weights that make the fields orthonormal, without directions in which they nearly depend on each other.
Eigen::MatrixXd orthonormalizing(const Fields& fields) {
  constexpr double smallest = 1e-12;
  Eigen::MatrixXd gram = products(fields, fields);
  const Eigen::VectorXd scale = gram.diagonal().cwiseSqrt().cwiseInverse();
  gram = scale.asDiagonal() * gram * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram);
  const Eigen::Index dropped = (solver.eigenvalues().array() < smallest).count();
  const Eigen::Index kept = gram.rows() - dropped;
  return scale.asDiagonal() * solver.eigenvectors().rightCols(kept) *
         solver.eigenvalues().tail(kept).cwiseSqrt().cwiseInverse().asDiagonal();
}

void append(Fields& to, const Fields& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

Hessian::Hessian(LlgsSystem& system, std::span<const double> m)
    : system_(system),
      m_(m.begin(), m.end()),
      along_(system.layout().component_size()),
      shifted_(m.size()),
      field_(m.size()) {
  (void)effective_field(system_, m_, field_);
  const std::size_t size = along_.size();
  for (std::size_t k = 0; k < size; ++k) {
    along_[k] = m_[k] * field_[k] + m_[k + size] * field_[k + size] + m_[k + 2 * size] * field_[k + 2 * size];
  }
}

void Hessian::apply(std::span<const double> v, std::span<double> result) {
  // A central difference: exact for fields that are linear in m.
  const double largest = largest_modulus(system_.layout(), v);
  const double step = largest > 0.0 ? 1e-2 / largest : 1.0;
  const auto evaluate = [&](double displacement, std::span<double> field) {
    for (std::size_t k = 0; k < shifted_.size(); ++k) {
      shifted_[k] = m_[k] + displacement * v[k];
    }
    (void)effective_field(system_, shifted_, field);
  };
  evaluate(step, result);
  evaluate(-step, field_);
  const std::size_t size = along_.size();
  for (std::size_t k = 0; k < result.size(); ++k) {
    result[k] = along_[k % size] * v[k] - (result[k] - field_[k]) / (2.0 * step);
  }
  make_tangent(system_.layout(), m_, result);
}

Modes lowest_modes(Hessian& hessian, Fields guesses, double tolerance, int most_steps) {
  const auto count = static_cast<Eigen::Index>(guesses.size());
  const auto image_of = [&](const Fields& fields) {
    Fields images(fields.size(), std::vector<double>(hessian.magnetization().size()));
    for (std::size_t i = 0; i < fields.size(); ++i) {
      hessian.apply(fields[i], images[i]);
    }
    return images;
  };
  for (std::vector<double>& guess : guesses) {
    make_tangent(hessian.system().layout(), hessian.magnetization(), guess);
  }
  Subspace space;
  space.fields = combine(guesses, orthonormalizing(guesses));
  space.images = image_of(space.fields);
  Subspace directions;
  Modes found;
  for (int step = 0;; ++step) {
    const Eigen::MatrixXd weights = orthonormalizing(space.fields);
    const Eigen::MatrixXd matrix = weights.transpose() * products(space.fields, space.images) * weights;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(0.5 * (matrix + matrix.transpose()));
    const Eigen::Index kept = std::min<Eigen::Index>(count, solver.eigenvalues().size());
    const Eigen::MatrixXd lowest = weights * solver.eigenvectors().leftCols(kept);
    if (step > 0) {
      // What the new modes have beyond the old ones.
      Eigen::MatrixXd beyond = lowest;
      beyond.topRows(static_cast<Eigen::Index>(found.curvatures.size())).setZero();
      directions = combine(space, beyond);
    }
    space = combine(space, lowest);
    Fields residuals = space.images;
    found.curvatures.assign(solver.eigenvalues().data(), solver.eigenvalues().data() + kept);
    found.residual = 0.0;
    for (std::size_t i = 0; i < residuals.size(); ++i) {
      for (std::size_t k = 0; k < residuals[i].size(); ++k) {
        residuals[i][k] -= found.curvatures[i] * space.fields[i][k];
      }
      found.residual = std::max(found.residual, std::sqrt(inner_product(residuals[i], residuals[i])));
    }
    if (found.residual <= tolerance || step >= most_steps) {
      found.modes = std::move(space.fields);
      return found;
    }
    const Fields images_of_residuals = image_of(residuals);
    append(space.fields, residuals);
    append(space.images, images_of_residuals);
    append(space.fields, directions.fields);
    append(space.images, directions.images);
  }
}

}  // namespace spinsweep::micromagnetics
