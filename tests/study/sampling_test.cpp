#include "study/sampling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "study/read_study.hpp"

namespace spinsweep::study {
namespace {

TEST(SobolPoints, FillEveryQuarterOfTheSquareEqually) {
  constexpr int points_of_a_box = 16;
  std::array<int, 16> boxes{};
  for (const auto& point : sample_unit_cube({"sobol", boxes.size() * points_of_a_box}, 2)) {
    ++boxes[static_cast<std::size_t>(point[0] * 4.0) * 4 + static_cast<std::size_t>(point[1] * 4.0)];
  }
  for (const int points : boxes) {
    EXPECT_NEAR(points, points_of_a_box, 1);
  }
}

TEST(SobolPoints, IntegrateASmoothFunctionFarBetterThanRandomOnes) {
  constexpr std::size_t count = 1024;
  double sum = 0.0;
  for (const auto& point : sample_unit_cube({"sobol", count}, 3)) {
    sum += std::exp(point[0]) * point[1] * (1.0 + point[2]);
  }
  const double exact = (M_E - 1.0) * 0.5 * 1.5;
  EXPECT_NEAR(sum / count, exact, 0.005) << "random points have a standard error of 0.03";
}

TEST(SaltelliPoints, ExchangeOneColumnAtATime) {
  constexpr std::size_t count = 8;
  constexpr std::size_t axes = 3;
  const auto points = sample_unit_cube({"saltelli", count}, axes);
  ASSERT_EQ(points.size(), count * (axes + 2));
  for (std::size_t changed = 0; changed < axes; ++changed) {
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t axis = 0; axis < axes; ++axis) {
        const auto& source = axis == changed ? points[count + k] : points[k];
        EXPECT_EQ(points[(2 + changed) * count + k][axis], source[axis]);
      }
    }
  }
}

TEST(SampledSweep, DrawsItsAxesTogetherAndMultipliesTheOthers) {
  const Study study = parse_study(
      "[synapse]\n[synapse.sweep]\n\"material.dmi\" = { from = 1e-3, to = 2e-3 }\n"
      "\"material.damping\" = { from = 0.01, to = 1.0, log = true }\n\"pulse.current_density\" = [1e11, 2e11]\n"
      "sample = { method = \"sobol\", count = 64 }\n",
      "study.toml");
  ASSERT_EQ(study.weights().cases.size(), 128U);
  EXPECT_EQ(variants(study.weights()).size(), 64U);
  int below_the_geometric_mean = 0;
  for (const auto& p : study.weights().cases) {
    EXPECT_GE(p.material.dmi, 1e-3);
    EXPECT_LE(p.material.dmi, 2e-3);
    below_the_geometric_mean += p.material.damping < 0.1 ? 1 : 0;
  }
  EXPECT_NEAR(below_the_geometric_mean, 64, 2);
}

TEST(SampledSweep, DrawsWholeNumbersForCounts) {
  const Study study = parse_study(
      "[synapse]\n[synapse.sweep]\n\"notches.count\" = { from = 3, to = 6 }\n"
      "sample = { method = \"sobol\", count = 40 }\n",
      "study.toml");
  std::array<int, 8> drawn{};
  for (const auto& p : study.weights().cases) {
    ++drawn[static_cast<std::size_t>(p.notches.count)];
  }
  for (std::size_t count = 3; count <= 6; ++count) {
    EXPECT_NEAR(drawn[count], 10, 1);
  }
}

}  // namespace
}  // namespace spinsweep::study
