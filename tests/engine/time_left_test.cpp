#include "engine/time_left.hpp"

#include <gtest/gtest.h>

namespace spinsweep::engine {
namespace {

TEST(TimeLeft, IsNotKnownBeforeSomethingWasMeasured) {
  EXPECT_FALSE(time_left({.cost_left = 1e6}, 1).has_value());
}

TEST(TimeLeft, IsTheEstimateTimesWhatTheMeasuredPartTookOfItsOwn) {
  EXPECT_DOUBLE_EQ(*time_left({.cost_left = 900.0, .cost_measured = 100.0, .seconds_measured = 25.0}, 1), 225.0);
}

TEST(TimeLeft, IsSharedByTheGroupsHoweverFewHaveFinishedSomething) {
  // The first of 50,000 cases is done by one of 64 ranks, after all of them waited long for something else.
  constexpr double each = 0.03;
  EXPECT_NEAR(*time_left({.cost_left = 49999 * 0.001, .cost_measured = 0.001, .seconds_measured = each}, 64),
              49999 * each / 64, 1e-9);
}

TEST(TimeLeft, IsNothingWhenAllIsDone) {
  EXPECT_DOUBLE_EQ(*time_left({.cost_left = 0.0, .cost_measured = 1.0, .seconds_measured = 2.0}, 3), 0.0);
}

}  // namespace
}  // namespace spinsweep::engine
