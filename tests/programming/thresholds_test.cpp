#include "programming/thresholds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <set>
#include <vector>

namespace spinsweep::programming {
namespace {

/// A wall that stays below 1 A/m2 and then moves 10 nm for each A/m2.
double distance_at(double amplitude) {
  return amplitude < 1.0 ? 0.0 : amplitude * 10e-9;
}

void expect_near(const std::vector<std::optional<double>>& found, const std::vector<double>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_NEAR(found[k].value(), expected[k], 0.005) << k;
  }
}

TEST(Thresholds, AreTheAmplitudesAtWhichTheWallPassesEachDistance) {
  expect_near(find_thresholds(std::vector{5e-9, 25e-9, 42e-9}, 8.0, 0.01, distance_at), {1.0, 2.5, 4.2});
}

TEST(Thresholds, DoNotExistForDistancesThatNoAmplitudeReaches) {
  const auto found = find_thresholds(std::vector{25e-9, 85e-9}, 8.0, 0.01, distance_at);
  EXPECT_TRUE(found[0].has_value());
  EXPECT_FALSE(found[1].has_value());
}

TEST(Thresholds, AskForEveryAmplitudeOnce) {
  std::multiset<double> asked;
  (void)find_thresholds(std::vector{5e-9, 15e-9, 25e-9}, 8.0, 0.01, [&](double amplitude) {
    asked.insert(amplitude);
    return distance_at(amplitude);
  });
  EXPECT_EQ(asked.size(), std::set<double>(asked.begin(), asked.end()).size());
}

/// That wall is back at its reset state from 5 A/m2 on, and beyond every level from 60 A/m2 on.
double distance_of_a_wall_that_returns(double amplitude) {
  return amplitude < 5.0 ? distance_at(amplitude) : amplitude < 60.0 ? 0.0 : 90e-9;
}

TEST(Thresholds, AreTheSmallestOnesOfAWallThatStrongerPulsesTakeBack) {
  expect_near(find_thresholds(std::vector{5e-9, 25e-9, 85e-9}, 100.0, 0.01, distance_of_a_wall_that_returns),
              {1.0, 2.5, 60.0});
}

TEST(Thresholds, AreThoseOfHalvingTheWholeRangeIfTheDistanceRises) {
  const double found = find_thresholds(std::vector{5e-9}, 3.0, 0.02, distance_at).front().value();
  double lower = 0.0;
  double upper = 3.0;
  while (upper - lower > 0.02) {
    const double middle = 0.5 * (lower + upper);
    (distance_at(middle) > 5e-9 ? upper : lower) = middle;
  }
  EXPECT_EQ(found, 0.5 * (lower + upper));
}

TEST(Thresholds, AskForAsManyAmplitudesAsTheyPromise) {
  int asked = 0;
  (void)find_thresholds(std::vector{5e-9, 15e-9, 25e-9}, 8.0, 0.01, [&](double amplitude) {
    ++asked;
    return distance_at(amplitude);
  });
  const double n = std::log2(8.0 / 0.01);
  EXPECT_LE(asked, n + 1.0 + 3.0 * n);
}

}  // namespace
}  // namespace spinsweep::programming
