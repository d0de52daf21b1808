#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "micromagnetics/heun_reference.hpp"
#include "micromagnetics/sample.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// A wall at a pair of notches in a short track at 300 K, under a current near the threshold at which it leaves them.
class PinnedWall {
 public:
  PinnedWall() : demag_(std::make_shared<DemagField>(mesh_, 1.1e6)) {
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        const double from_edge = std::min(mesh_.y(j), mesh_.ny * mesh_.dy - mesh_.y(j));
        mask_.push_back(std::hypot(mesh_.x(i) - notch, from_edge) < 5e-9 ? 0 : 1);
      }
    }
    Material cold = material_;
    cold.temperature = 0.0;
    LlgsSystem system(cold, mesh_, mask_, demag_);
    TimeIntegration relaxation(system, 1e-6);
    const FieldLayout layout(mesh_);
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        if (mask_[static_cast<std::size_t>(j * mesh_.nx + i)] != 0) {
          const double u = (mesh_.x(i) - notch) / 5e-9;
          m[layout.index(i, j)] = 1.0 / std::cosh(u);
          m[layout.index(i, j) + 2 * layout.component_size()] = std::tanh(u);
        }
      }
    }
    relaxation.set_magnetization(m);
    relaxation.advance(0.3e-9);
    start_.assign(relaxation.magnetization().begin(), relaxation.magnetization().end());
  }

  /// Up to a constant, m, after a pulse, by the integrator of the program.
  [[nodiscard]] double final_position(std::uint64_t seed) {
    LlgsSystem system(material_, mesh_, mask_, demag_);
    TimeIntegration integration(system, 1e-5, seed);
    integration.set_magnetization(start_);
    integration.set_current_density(current_density);
    integration.advance(pulse);
    return position(system, integration.magnetization());
  }

  /// The same by Heun's method in steps of 7 fs, a tenth of those that used to be taken for 4 nm cells.
  [[nodiscard]] double final_position_by_heun(std::uint64_t seed) {
    LlgsSystem system(material_, mesh_, mask_, demag_);
    system.set_current_density(current_density);
    tests::HeunReference heun(system, seed);
    std::vector<double> m = start_;
    heun.advance(pulse, static_cast<int>(std::ceil(pulse / 7e-15)), m);
    return position(system, m);
  }

 private:
  static constexpr double notch = 60e-9;
  static constexpr double pulse = 0.2e-9;
  static constexpr double current_density = 0.8e12;

  [[nodiscard]] double position(LlgsSystem& system, std::span<const double> m) const {
    return 0.5 * mesh_.nx * mesh_.dx * (1.0 - system.mean_magnetization(m).z);
  }

  Mesh mesh_{40, 9, 4e-9, 4e-9, 2e-9};
  Material material_{.temperature = 300.0};
  std::shared_ptr<DemagField> demag_;
  Mask mask_;
  std::vector<double> start_;
};

/// Of the two-sample Kolmogorov-Smirnov test, asymptotically: N. Smirnov, Ann. Math. Stat. 19, 279 (1948).
double probability_of_same_distribution(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double distance = 0.0;
  for (const double x : a) {
    const auto below = [x](const std::vector<double>& sample) {
      return static_cast<double>(std::upper_bound(sample.begin(), sample.end(), x) - sample.begin()) /
             static_cast<double>(sample.size());
    };
    distance = std::max(distance, std::abs(below(a) - below(b)));
  }
  const auto sizes = static_cast<double>(a.size() * b.size()) / static_cast<double>(a.size() + b.size());
  const double z = distance * (std::sqrt(sizes) + 0.12 + 0.11 / std::sqrt(sizes));
  double sum = 0.0;
  for (int k = 1; k < 100; ++k) {
    sum += (k % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * k * k * z * z);
  }
  return std::clamp(sum, 0.0, 1.0);
}

TEST(KolmogorovSmirnov, TellsTheSameFromAShiftedDistribution) {
  std::vector<double> even, odd, shifted;
  for (int k = 0; k < 200; ++k) {
    even.push_back(2.0 * k);
    odd.push_back(2.0 * k + 1.0);
    shifted.push_back(2.0 * k + 80.0);
  }
  EXPECT_GT(probability_of_same_distribution(even, odd), 0.99);
  EXPECT_LT(probability_of_same_distribution(even, shifted), 0.01);
}

TEST(ThermalDepinning, HasTheDistributionOfHeunsMethodAtATenthOfItsStep) {
  constexpr std::uint64_t draws = 200;
  PinnedWall wall;
  std::vector<double> positions, positions_by_heun;
  tests::Sample sample, sample_by_heun;
  for (std::uint64_t seed = 0; seed < draws; ++seed) {
    positions.push_back(wall.final_position(seed));
    sample.add(positions.back());
  }
  for (std::uint64_t seed = 0; seed < draws; ++seed) {
    positions_by_heun.push_back(wall.final_position_by_heun(seed));
    sample_by_heun.add(positions_by_heun.back());
  }
  // Some walls leave the notch early, some late and some not at all; a free wall spreads by less.
  const auto spread = [](const tests::Sample& s) { return s.error() * std::sqrt(static_cast<double>(draws)); };
  EXPECT_GT(spread(sample), 2e-9);
  const double probability = probability_of_same_distribution(positions, positions_by_heun);
  EXPECT_GT(probability, 0.01);
  testing::Test::RecordProperty("probability", std::to_string(probability));
  testing::Test::RecordProperty("mean_nm", std::to_string(1e9 * sample.mean()));
  testing::Test::RecordProperty("mean_nm_by_heun", std::to_string(1e9 * sample_by_heun.mean()));
  testing::Test::RecordProperty("spread_nm", std::to_string(1e9 * spread(sample)));
  testing::Test::RecordProperty("spread_nm_by_heun", std::to_string(1e9 * spread(sample_by_heun)));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
