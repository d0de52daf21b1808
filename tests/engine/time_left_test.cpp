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

TEST(TimeLeft, IsNotKnownAfterTheFirstOfManyPieces) {
  EXPECT_FALSE(time_left({.cost_left = 49999 * 0.02, .cost_measured = 0.02, .seconds_measured = 0.5}, 2).has_value());
}

TEST(TimeLeft, IsKnownAfterHalfAMinuteOfALongSweep) {
  EXPECT_DOUBLE_EQ(*time_left({.cost_left = 1e6, .cost_measured = 20.0, .seconds_measured = 40.0}, 1), 2e6);
}

TEST(TimeLeft, IsSharedByTheGroupsHoweverFewHaveFinishedSomething) {
  // A hundredth of 50,000 cases is done by one of 64 ranks, while all of them waited long for something else.
  EXPECT_DOUBLE_EQ(*time_left({.cost_left = 49500 * 0.02, .cost_measured = 10.0, .seconds_measured = 15.0}, 64),
                   49500 * 0.03 / 64);
}

TEST(TimeLeft, IsNothingWhenAllIsDone) {
  EXPECT_DOUBLE_EQ(*time_left({.cost_left = 0.0, .cost_measured = 1.0, .seconds_measured = 2.0}, 3), 0.0);
}

}  // namespace
}  // namespace spinsweep::engine
