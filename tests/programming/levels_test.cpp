#include "programming/levels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spinsweep::programming {
namespace {

constexpr double resolution = 10e-9;

TEST(Levels, AreThoseAheadOfTheResetState) {
  const Levels levels({100e-9, 1.0}, {{300e-9, 3.0}, {20e-9, 0.5}, {200e-9, 2.0}}, 1.0, resolution);
  ASSERT_EQ(levels.size(), 3U);
  EXPECT_EQ(levels.list()[1].position, 200e-9);
  EXPECT_EQ(levels.list()[2].conductance, 3.0);
}

TEST(Levels, CountBackwardsIfAPulseMovesTheWallToTheLeft) {
  const Levels levels({300e-9, 3.0}, {{100e-9, 1.0}, {200e-9, 2.0}, {400e-9, 4.0}}, -1.0, resolution);
  ASSERT_EQ(levels.size(), 3U);
  EXPECT_EQ(levels.list()[1].position, 200e-9);
  EXPECT_NEAR(levels.distance(100e-9), 200e-9, 1e-18);
  EXPECT_EQ(levels.nearest(110e-9), 2U);
}

TEST(Levels, ThatCannotBeToldApartAreOne) {
  const Levels levels({100e-9, 1.0}, {{105e-9, 1.1}, {200e-9, 2.0}, {208e-9, 2.1}}, 1.0, resolution);
  EXPECT_EQ(levels.size(), 2U);
}

TEST(Levels, ReachHalfWayToTheNextAndAsFarBeyondTheEnds) {
  const Levels levels({100e-9, 1.0}, {{200e-9, 2.0}, {300e-9, 3.0}}, 1.0, resolution);
  EXPECT_EQ(levels.nearest(51e-9), 0U);
  EXPECT_EQ(levels.nearest(49e-9), std::nullopt);
  EXPECT_EQ(levels.nearest(149e-9), 0U);
  EXPECT_EQ(levels.nearest(151e-9), 1U);
  EXPECT_EQ(levels.nearest(349e-9), 2U);
  EXPECT_EQ(levels.nearest(351e-9), std::nullopt);
}

}  // namespace
}  // namespace spinsweep::programming
