#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/sample.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// A small film, and its magnetisation near the ground state by two coordinates for each cell.
class SmallFilm {
 public:
  SmallFilm()
      : demag_(std::make_shared<DemagField>(mesh_, 1.1e6)), system_(material_, mesh_, Mask(mesh_.cells(), 1), demag_) {
    Material cold = material_;
    cold.temperature = 0.0;
    cold.damping = 1.0;
    LlgsSystem cold_system(cold, mesh_, Mask(mesh_.cells(), 1), demag_);
    TimeIntegration relaxation(cold_system, 1e-8);
    std::vector<double> up(layout().size(), 0.0);
    for (const std::size_t k : cells()) {
      up[k + 2 * layout().component_size()] = 1.0;
    }
    relaxation.set_magnetization(up);
    relaxation.advance(0.5e-9);
    ground_.assign(relaxation.magnetization().begin(), relaxation.magnetization().end());
  }

  [[nodiscard]] LlgsSystem& system() { return system_; }
  [[nodiscard]] const std::vector<double>& ground() const { return ground_; }
  [[nodiscard]] int coordinates() const { return 2 * static_cast<int>(mesh_.cells()); }
  [[nodiscard]] double thermal_energy() const { return constants::boltzmann_constant * material_.temperature; }

  /// Deviations from the ground state along the two tangents of each cell.
  [[nodiscard]] Eigen::VectorXd deviation(std::span<const double> m) const {
    Eigen::VectorXd x(coordinates());
    int n = 0;
    for (const std::size_t k : cells()) {
      for (const Vector3& tangent : tangents(k)) {
        x[n++] = dot(tangent, at(m, k));
      }
    }
    return x;
  }

  /// Second derivatives of the energy with respect to those coordinates, J, by differences of it.
  [[nodiscard]] Eigen::MatrixXd hessian() {
    constexpr double h = 1e-3;
    const int n = coordinates();
    Eigen::MatrixXd result(n, n);
    const auto energy = [&](int a, double da, int b, double db) {
      Eigen::VectorXd x = Eigen::VectorXd::Zero(n);
      x[a] += da;
      x[b] += db;
      return total_energy(system_.energies(moved(x)));
    };
    for (int a = 0; a < n; ++a) {
      for (int b = a; b < n; ++b) {
        result(a, b) = result(b, a) =
            (energy(a, h, b, h) - energy(a, h, b, -h) - energy(a, -h, b, h) + energy(a, -h, b, -h)) / (4.0 * h * h);
      }
    }
    return result;
  }

 private:
  [[nodiscard]] const FieldLayout& layout() const { return system_.layout(); }
  [[nodiscard]] std::vector<std::size_t> cells() const {
    std::vector<std::size_t> result;
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        result.push_back(layout().index(i, j));
      }
    }
    return result;
  }
  [[nodiscard]] Vector3 at(std::span<const double> m, std::size_t k) const {
    const std::size_t size = layout().component_size();
    return {m[k], m[k + size], m[k + 2 * size]};
  }
  [[nodiscard]] std::array<Vector3, 2> tangents(std::size_t k) const {
    const Vector3 up = at(ground_, k);
    const Vector3 across = cross(Vector3{0.0, 1.0, 0.0}, up);
    const Vector3 first = (1.0 / std::sqrt(dot(across, across))) * across;
    return {first, cross(up, first)};
  }
  [[nodiscard]] std::vector<double> moved(const Eigen::VectorXd& x) const {
    std::vector<double> m = ground_;
    const std::size_t size = layout().component_size();
    int n = 0;
    for (const std::size_t k : cells()) {
      Vector3 v = at(ground_, k);
      for (const Vector3& tangent : tangents(k)) {
        v = v + x[n++] * tangent;
      }
      v = (1.0 / std::sqrt(dot(v, v))) * v;
      m[k] = v.x;
      m[k + size] = v.y;
      m[k + 2 * size] = v.z;
    }
    return m;
  }

  Mesh mesh_{6, 5, 3e-9, 3e-9, 2e-9};
  Material material_{.dmi = 1e-3, .damping = 0.3, .temperature = 0.1};
  std::shared_ptr<DemagField> demag_;
  LlgsSystem system_;
  std::vector<double> ground_;
};

TEST(SpinWaves, HoldHalfOfTheThermalEnergyInEveryCoordinate) {
  SmallFilm film;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> modes(film.hessian());
  ASSERT_GT(modes.eigenvalues().minCoeff(), 0.0);
  std::vector<tests::Sample> energy(static_cast<std::size_t>(film.coordinates()));
  TimeIntegration integration(film.system(), 1e-5, 4);
  integration.set_magnetization(film.ground());
  // The energy of the slowest mode decays within 23 ps, so that samples are independent.
  constexpr double decay = 75e-12;
  constexpr int samples = 1500;
  integration.advance(4.0 * decay);
  for (int k = 0; k < samples; ++k) {
    integration.advance(integration.time() + decay);
    const Eigen::VectorXd amplitude = modes.eigenvectors().transpose() * film.deviation(integration.magnetization());
    for (int mode = 0; mode < film.coordinates(); ++mode) {
      energy[static_cast<std::size_t>(mode)].add(modes.eigenvalues()[mode] * std::pow(amplitude[mode], 2) /
                                                 film.thermal_energy());
    }
  }
  double worst = 0.0;
  tests::Sample slow, fast;
  for (std::size_t mode = 0; mode < energy.size(); ++mode) {
    const double deviation = (energy[mode].mean() - 1.0) / energy[mode].error();
    worst = std::max(worst, std::abs(deviation));
    (mode < energy.size() / 2 ? slow : fast).add(energy[mode].mean());
    EXPECT_LT(energy[mode].error(), 0.045) << mode;
    EXPECT_LT(std::abs(deviation), tests::four_errors)
        << "mode " << mode << " of stiffness " << modes.eigenvalues()[mode] << " J: " << energy[mode].mean();
  }
  EXPECT_NEAR(slow.mean(), 1.0, 0.01 + 3.0 * slow.error());
  EXPECT_NEAR(fast.mean(), 1.0, 0.01 + 3.0 * fast.error());
  testing::Test::RecordProperty("largest_deviation_in_errors", std::to_string(worst));
  testing::Test::RecordProperty("slower_half", std::to_string(slow.mean()));
  testing::Test::RecordProperty("faster_half", std::to_string(fast.mean()));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
