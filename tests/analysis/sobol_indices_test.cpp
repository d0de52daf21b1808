#include "analysis/sobol_indices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <random>

#include "base/error.hpp"

namespace spinsweep::analysis {
namespace {

using Function = std::function<double(const std::vector<double>&)>;

/// Values at `rows` random rows of `parameters` columns, uniform in [0, 1).
SaltelliValues sample(const Function& function, std::size_t rows, std::size_t parameters, std::uint64_t seed = 3) {
  std::mt19937_64 generator(seed);
  const auto unit = [&] { return static_cast<double>(generator() >> 11U) * 0x1p-53; };
  SaltelliValues values;
  values.mixed.resize(parameters);
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<double> a(parameters);
    std::vector<double> b(parameters);
    for (std::size_t k = 0; k < parameters; ++k) {
      a[k] = unit();
      b[k] = unit();
    }
    values.a.push_back(function(a));
    values.b.push_back(function(b));
    for (std::size_t k = 0; k < parameters; ++k) {
      auto mixed = a;
      mixed[k] = b[k];
      values.mixed[k].push_back(function(mixed));
    }
  }
  return values;
}

/// T. Ishigami, T. Homma, ISUMA 1990: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x uniform in [-pi, pi).
double ishigami(const std::vector<double>& unit) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2.0 * unit[k] - 1.0); };
  return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

/// In closed form from a = 7 and b = 0.1.
struct IshigamiIndices {
  double a = 7.0;
  double b = 0.1;
  double pi4 = std::pow(std::numbers::pi, 4);
  double variance = a * a / 8.0 + b * pi4 / 5.0 + b * b * pi4 * pi4 / 18.0 + 0.5;
  double interaction = b * b * pi4 * pi4 * (1.0 / 18.0 - 1.0 / 50.0) / variance;
  std::vector<double> first = {0.5 * std::pow(1.0 + b * pi4 / 5.0, 2) / variance, a* a / 8.0 / variance, 0.0};
  std::vector<double> total = {first[0] + interaction, first[1], interaction};
};

TEST(SobolIndices, OfTheIshigamiFunctionAreTheKnownOnes) {
  const IshigamiIndices known;
  ASSERT_NEAR(known.first[0], 0.3139, 1e-4);
  ASSERT_NEAR(known.first[1], 0.4424, 1e-4);
  ASSERT_NEAR(known.total[2], 0.2437, 1e-4);
  const auto found = sobol_indices(sample(ishigami, 40000, 3), {.resamples = 20});
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(found[k].first, known.first[k], 0.02) << "parameter " << k;
    EXPECT_NEAR(found[k].total, known.total[k], 0.02) << "parameter " << k;
  }
}

TEST(SobolIndices, HaveIntervalsThatHoldTheTruthAboutAsOftenAsTheySay) {
  const IshigamiIndices known;
  int inside = 0;
  int intervals = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto found = sobol_indices(sample(ishigami, 256, 3, seed), {.resamples = 300, .confidence = 0.9});
    for (std::size_t k = 0; k < 3; ++k) {
      inside += found[k].first_interval.low <= known.first[k] && known.first[k] <= found[k].first_interval.high ? 1 : 0;
      inside += found[k].total_interval.low <= known.total[k] && known.total[k] <= found[k].total_interval.high ? 1 : 0;
      intervals += 2;
    }
  }
  EXPECT_GT(inside, 0.82 * intervals);
  EXPECT_LT(inside, 0.97 * intervals);
}

TEST(SobolIndices, OfASumAreTheSharesOfItsVarianceWithoutInteraction) {
  const auto sum = [](const std::vector<double>& x) { return 3.0 * x[0] + 4.0 * x[1]; };
  const auto found = sobol_indices(sample(sum, 20000, 3), {.resamples = 20});
  EXPECT_NEAR(found[0].first, 0.36, 0.02);
  EXPECT_NEAR(found[0].total, 0.36, 0.02);
  EXPECT_NEAR(found[1].first, 0.64, 0.02);
  EXPECT_NEAR(found[1].total, 0.64, 0.02);
  EXPECT_EQ(found[2].first, 0.0);
  EXPECT_EQ(found[2].total, 0.0);
}

TEST(SobolIndices, OfASumAreKnownFromFewPoints) {
  const auto sum = [](const std::vector<double>& x) { return 9.0 + 3.0 * x[0] + x[1]; };
  constexpr int samples = 100;
  double squares = 0.0;
  for (std::uint64_t seed = 1; seed <= samples; ++seed) {
    squares += std::pow(sobol_indices(sample(sum, 64, 2, seed), {.resamples = 1})[0].first - 0.9, 2) / samples;
  }
  // 0.14 with the estimator of Saltelli et al. (2010), 0.02 with that of correlations.
  EXPECT_LT(std::sqrt(squares), 0.04);
}

TEST(SobolIndices, OfAConstantAreNotANumber) {
  const auto found = sobol_indices(sample([](const auto&) { return 0.1; }, 50, 2));
  EXPECT_TRUE(std::isnan(found[0].first));
  EXPECT_TRUE(std::isnan(found[1].total_interval.low));
}

TEST(SobolIndices, LeaveRowsOutInWhichAValueIsMissing) {
  auto values = sample(ishigami, 500, 3);
  auto shorter = values;
  for (auto* column : {&shorter.a, &shorter.b, &shorter.mixed[0], &shorter.mixed[1], &shorter.mixed[2]}) {
    column->pop_back();
  }
  values.mixed[1].back() = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(sobol_indices(values)[1].total, sobol_indices(shorter)[1].total);
}

TEST(SobolIndices, OfNothingAreNotANumber) {
  EXPECT_TRUE(std::isnan(sobol_indices({.a = {}, .b = {}, .mixed = {{}}})[0].first));
}

TEST(SobolIndices, RefuseColumnsOfUnequalLength) {
  EXPECT_THROW((void)sobol_indices({.a = {1.0}, .b = {1.0}, .mixed = {{1.0, 2.0}}}), Error);
}

TEST(SplitSaltelli, TakesMatrixAThenBThenTheMixedOnes) {
  const std::vector<double> values = {1, 2, 3, 4, 5, 6, 7, 8};
  const auto split = split_saltelli(values, 2);
  EXPECT_THAT(split.a, testing::ElementsAre(1, 2));
  EXPECT_THAT(split.b, testing::ElementsAre(3, 4));
  EXPECT_THAT(split.mixed, testing::ElementsAre(testing::ElementsAre(5, 6), testing::ElementsAre(7, 8)));
  EXPECT_THROW((void)split_saltelli(values, 3), Error);
}

}  // namespace
}  // namespace spinsweep::analysis
