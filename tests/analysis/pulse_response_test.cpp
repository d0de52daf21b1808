#include "analysis/pulse_response.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace spinsweep::analysis {
namespace {

/// G = B (1 - exp(-P/A)) + Gmin from 1 to 2, A in units of the number of pulses; negative: NeuroSim's way down.
std::vector<double> curve(double a, int pulses) {
  std::vector<double> values;
  for (int k = 0; k <= pulses; ++k) {
    values.push_back(1.0 + (1.0 - std::exp(-k / (a * pulses))) / (1.0 - std::exp(-1.0 / a)));
  }
  return values;
}

std::vector<double> reversed(std::vector<double> values) {
  return {values.rbegin(), values.rend()};
}

TEST(NonlinearityLabel, IsThatOfNeuroSimsTable) {
  // getParamA() of MLP+NeuroSim V3.0.
  for (const auto& [label, a] : {std::pair(0.01, 126.268958), {0.5, 2.519877}, {1.0, 1.251653}, {9.0, 0.022810}}) {
    EXPECT_NEAR(nonlinearity_label(1.0 / a), label, 2e-5 * label);
    EXPECT_NEAR(nonlinearity_label(-1.0 / a), -label, 2e-5 * label);
  }
  EXPECT_EQ(nonlinearity_label(0.0), 0.0);
}

TEST(Nonlinearity, OfAnExponentialCurveIsItsLabel) {
  for (const double a : {2.519877, 1.251653, 0.3, 0.05}) {
    EXPECT_NEAR(*nonlinearity(curve(a, 20)), nonlinearity_label(1.0 / a), 1e-5) << a;
    EXPECT_NEAR(*nonlinearity(curve(-a, 20)), nonlinearity_label(-1.0 / a), 1e-5) << a;
  }
}

TEST(Nonlinearity, OfTheWayDownCountsPulsesFromTheLowerEnd) {
  // Down the curve on which it went up: one label. Most with the first pulses down: a negative one.
  EXPECT_NEAR(*nonlinearity(reversed(curve(0.3, 20))), *nonlinearity(curve(0.3, 20)), 1e-5);
  EXPECT_LT(*nonlinearity(std::vector{2.0, 1.4, 1.15, 1.05, 1.0}), -1.0);
}

TEST(Nonlinearity, OfALineIsZero) {
  EXPECT_NEAR(*nonlinearity(std::vector{1.0, 2.0, 3.0, 4.0}), 0.0, 1e-5);
  EXPECT_NEAR(*nonlinearity(std::vector{4.0, 3.0, 2.0, 1.0}), 0.0, 1e-5);
}

TEST(Nonlinearity, NeedsTwoPulsesThatChangeSomething) {
  EXPECT_FALSE(nonlinearity(std::vector{1.0, 2.0}));
  EXPECT_FALSE(nonlinearity(std::vector{1.0, 2.0, 1.0}));
  EXPECT_FALSE(nonlinearity(std::vector<double>{}));
}

TEST(Asymmetry, IsZeroIfTheWayBackIsTheWayUp) {
  const auto up = curve(0.3, 10);
  EXPECT_DOUBLE_EQ(*asymmetry(up, reversed(up)), 0.0);
}

TEST(Asymmetry, IsTheLargestDistanceOverTheRange) {
  EXPECT_DOUBLE_EQ(*asymmetry(std::vector{1.0, 2.5, 3.0}, std::vector{3.0, 1.5, 1.0}), 0.5);
  EXPECT_FALSE(asymmetry(std::vector{1.0, 2.0, 3.0}, std::vector{3.0, 1.0}));
  EXPECT_FALSE(asymmetry(std::vector{1.0, 1.0}, std::vector{1.0, 1.0}));
}

}  // namespace
}  // namespace spinsweep::analysis
