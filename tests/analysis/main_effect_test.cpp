#include "analysis/main_effect.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "base/error.hpp"

namespace spinsweep::analysis {
namespace {

/// Every observation is a cluster of its own.
std::vector<std::size_t> each_alone(std::size_t count) {
  std::vector<std::size_t> clusters(count);
  std::iota(clusters.begin(), clusters.end(), std::size_t{0});
  return clusters;
}

TEST(MainEffect, OfTheOnlyCauseIsTheWholeVariance) {
  const std::vector<double> x = {1, 2, 1, 2};
  const std::vector<double> y = {5, 7, 5, 7};
  const auto effect = main_effect(x, y, each_alone(x.size()), 8);
  ASSERT_EQ(effect.bins.size(), 2U);
  EXPECT_EQ(effect.bins[0].value, 1.0);
  EXPECT_EQ(effect.bins[0].mean, 5.0);
  EXPECT_EQ(effect.bins[1].mean, 7.0);
  EXPECT_EQ(effect.bins[1].count, 2U);
  EXPECT_DOUBLE_EQ(effect.share, 1.0);
}

TEST(MainEffect, OfAGridSplitsTheVarianceAmongItsAxes) {
  std::vector<double> x;
  std::vector<double> z;
  std::vector<double> y;
  for (int i = 0; i < 2; ++i) {
    for (int k = 0; k < 2; ++k) {
      x.push_back(i);
      z.push_back(k);
      y.push_back(3.0 * i + 4.0 * k);
    }
  }
  EXPECT_NEAR(main_effect(x, y, each_alone(x.size()), 8).share, 0.36, 1e-12);
  EXPECT_NEAR(main_effect(z, y, each_alone(x.size()), 8).share, 0.64, 1e-12);
}

TEST(MainEffect, PutsManyValuesIntoBinsOfEqualSizeAndItsIntervalHoldsTheShare) {
  std::mt19937 generator(2);
  std::vector<double> x;
  std::vector<double> y;
  for (int k = 0; k < 800; ++k) {
    x.push_back(static_cast<double>(generator() % 100000) / 1e5);
    y.push_back(x.back() + static_cast<double>(generator() % 100000) / 1e5);
  }
  const auto effect = main_effect(x, y, each_alone(x.size()), 8);
  ASSERT_EQ(effect.bins.size(), 8U);
  for (const auto& bin : effect.bins) {
    EXPECT_NEAR(static_cast<double>(bin.count), 100.0, 3.0);
  }
  EXPECT_NEAR(effect.share, 0.5, 0.06);
  EXPECT_LT(effect.share_interval.low, effect.share);
  EXPECT_GT(effect.share_interval.high, effect.share);
  EXPECT_LT(effect.share_interval.high - effect.share_interval.low, 0.2);
}

TEST(MainEffect, OfAParameterThatDoesNothingIsSmallEvenInASampleOfFewPoints) {
  std::mt19937 generator(5);
  std::uniform_real_distribution<double> number(0.0, 1.0);
  double mean = 0.0;
  for (int sample = 0; sample < 100; ++sample) {
    std::vector<double> x(75);
    std::vector<double> y(75);
    std::generate(x.begin(), x.end(), [&] { return number(generator); });
    std::generate(y.begin(), y.end(), [&] { return number(generator); });
    mean += main_effect(x, y, each_alone(x.size()), 10, {.resamples = 1}).share / 100.0;
  }
  EXPECT_LT(mean, 0.05) << "the plain ratio is 0.12";
}

TEST(MainEffect, OfAParameterThatDoesNothingIsNoLargerForSeveralTrainingsOnEachVariant) {
  std::mt19937 generator(5);
  std::uniform_real_distribution<double> number(0.0, 1.0);
  constexpr std::size_t variants = 75;
  constexpr std::size_t trainings = 3;
  double mean = 0.0;
  for (int sample = 0; sample < 100; ++sample) {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<std::size_t> variant;
    for (std::size_t v = 0; v < variants; ++v) {
      x.insert(x.end(), trainings, number(generator));
      y.insert(y.end(), trainings, number(generator));
      variant.insert(variant.end(), trainings, v);
    }
    const double share = main_effect(x, y, variant, 10, {.resamples = 1}).share;
    std::vector<double> x_alone;
    std::vector<double> y_alone;
    for (std::size_t k = 0; k < x.size(); k += trainings) {
      x_alone.push_back(x[k]);
      y_alone.push_back(y[k]);
    }
    const double alone = main_effect(x_alone, y_alone, each_alone(variants), 10, {.resamples = 1}).share;
    EXPECT_NEAR(share, alone, 0.05) << "the bins differ by a variant";
    mean += share / 100.0;
  }
  EXPECT_LT(mean, 0.05) << "0.08 if every training counts for itself";
}

TEST(MainEffect, HasAnIntervalFromWholeClustersAndNoneFromOne) {
  const std::vector<double> x = {1, 2, 1, 2, 1, 2};
  const std::vector<double> y = {0, 1, 10, 11, 20, 21};
  const std::vector<std::size_t> seed = {0, 0, 1, 1, 2, 2};
  const auto effect = main_effect(x, y, seed, 8);
  EXPECT_LT(effect.share, 0.01);
  EXPECT_LE(effect.share_interval.low, effect.share);
  EXPECT_DOUBLE_EQ(effect.share_interval.high, 1.0) << "a resample of one seed alone";
  const std::vector<std::size_t> one(6, 4);
  EXPECT_TRUE(std::isnan(main_effect(x, y, one, 8).share_interval.low));
}

TEST(MainEffect, LeavesMissingOutcomesOut) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto effect = main_effect(std::vector<double>{1, 2, 3}, std::vector<double>{5, nan, 7}, each_alone(3), 8);
  ASSERT_EQ(effect.bins.size(), 2U);
  EXPECT_EQ(effect.bins[1].value, 3.0);
}

TEST(MainEffect, OfNothingOrOfAConstantHasNoShare) {
  EXPECT_TRUE(std::isnan(main_effect({}, {}, {}, 8).share));
  EXPECT_TRUE(
      std::isnan(main_effect(std::vector<double>{1, 2}, std::vector<double>{0.1, 0.1}, each_alone(2), 8).share));
}

TEST(MainEffect, RefusesUnequalLengths) {
  EXPECT_THROW((void)main_effect(std::vector<double>{1, 2}, std::vector<double>{1}, each_alone(2), 8), Error);
}

}  // namespace
}  // namespace spinsweep::analysis
