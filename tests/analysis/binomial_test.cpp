#include "analysis/binomial.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace spinsweep::analysis {
namespace {

/// R. G. Newcombe, Statistics in Medicine 17, 857 (1998), table I, method 3.
TEST(WilsonInterval, IsThatOfTheLiterature) {
  const Interval some = wilson_interval(81, 263);
  EXPECT_NEAR(some.low, 0.2553, 5e-5);
  EXPECT_NEAR(some.high, 0.3662, 5e-5);
  const Interval few = wilson_interval(15, 148);
  EXPECT_NEAR(few.low, 0.0624, 5e-5);
  EXPECT_NEAR(few.high, 0.1605, 5e-5);
  const Interval none = wilson_interval(0, 20);
  EXPECT_EQ(none.low, 0.0);
  EXPECT_NEAR(none.high, 0.1611, 5e-5);
  const Interval one = wilson_interval(1, 29);
  EXPECT_NEAR(one.low, 0.0061, 5e-5);
  EXPECT_NEAR(one.high, 0.1718, 5e-5);
}

TEST(WilsonInterval, OfAllTrialsEndsAtOne) {
  EXPECT_EQ(wilson_interval(20, 20).high, 1.0);
}

TEST(WilsonInterval, WithoutTrialsIsUnknown) {
  EXPECT_TRUE(std::isnan(wilson_interval(0, 0).low));
}

}  // namespace
}  // namespace spinsweep::analysis
