#include "retention/wells.hpp"

#include <gtest/gtest.h>

#include "device/demag_cache.hpp"
#include "device/film.hpp"
#include "device/kind.hpp"

namespace spinsweep::retention {
namespace {

/// A track with two notches that do not lie symmetrically.
class Wells : public testing::Test {
 protected:
  Wells() {
    for (const device::Kind* kind : device::kinds()) {
      if (kind->derives == device::Derived::levels) {
        p_ = kind->defaults();
      }
    }
    p_.track = {.length = 200e-9, .width = 40e-9, .thickness = 2e-9, .cell = 5e-9};
    p_.notches = {.count = 2, .diameter = 20e-9, .first = 50e-9, .pitch = 60e-9};
  }

  std::vector<Well> find() {
    micromagnetics::LlgsSystem system(device::make_film(p_), cache_.get(p_));
    return find_wells(system, p_, [] {});
  }

  device::DeviceParameters p_;
  device::DemagCache cache_;
};

TEST_F(Wells, LieInTheNotchesWhicheverWayRoundTheWallIs) {
  const std::vector<Well> down_up = find();
  p_.initial_wall.polarity = device::WallKind::up_down;
  const std::vector<Well> up_down = find();
  ASSERT_EQ(down_up.size(), 2U);
  ASSERT_EQ(up_down.size(), 2U);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_NEAR(down_up[k].position, (50.0 + 60.0 * static_cast<double>(k)) * 1e-9, 8e-9);
    EXPECT_NEAR(up_down[k].position, down_up[k].position, 0.1e-9);
    EXPECT_NEAR(up_down[k].energy, down_up[k].energy, 1e-6 * std::abs(down_up[k].energy));
  }
  // A synapse is the more conductive the more of it is down.
  EXPECT_LT(down_up[0].conductance, down_up[1].conductance);
  EXPECT_GT(up_down[0].conductance, up_down[1].conductance);
}

TEST_F(Wells, AreJoinedByAPathOnWhichTheWallStaysBetweenThem) {
  p_.initial_wall.polarity = device::WallKind::up_down;
  micromagnetics::LlgsSystem system(device::make_film(p_), cache_.get(p_));
  const std::vector<Well> wells = find_wells(system, p_, [] {});
  ASSERT_EQ(wells.size(), 2U);
  const auto path = path_between(system, p_, wells[0], wells[1], 100, [] {});
  for (const std::vector<double>& image : path.images) {
    const double position = wall_position(system, p_, image);
    EXPECT_GT(position, wells[0].position - 1e-9);
    EXPECT_LT(position, wells[1].position + 1e-9);
  }
}

TEST_F(Wells, DoNotLieInABulgeInWhichAWallRestsBySymmetryAlone) {
  p_.notches.list = {{.x = 50e-9}, {.x = 100e-9, .depth = -10e-9}, {.x = 150e-9}};
  const std::vector<Well> wells = find();
  ASSERT_EQ(wells.size(), 2U);
  EXPECT_NEAR(wells[0].position, 50e-9, 8e-9);
  EXPECT_NEAR(wells[1].position, 150e-9, 8e-9);
}

TEST_F(Wells, AreOneWhereTheWallsOfTwoNotchesComeToRestAtTheSamePlace) {
  using device::NotchSide;
  p_.notches.list = {{.x = 50e-9, .side = NotchSide::upper}, {.x = 55e-9, .side = NotchSide::lower}, {.x = 150e-9}};
  const std::vector<Well> wells = find();
  ASSERT_EQ(wells.size(), 2U);
  EXPECT_NEAR(wells[0].position, 52.5e-9, 5e-9);
  EXPECT_NEAR(wells[1].position, 150e-9, 8e-9);
}

TEST_F(Wells, DoNotLieInANotchAtTheEndThroughWhichTheWallLeavesTheTrack) {
  p_.notches = {.count = 3, .diameter = 20e-9, .first = 50e-9, .pitch = 75e-9};
  const std::vector<Well> wells = find();
  ASSERT_EQ(wells.size(), 2U);
  EXPECT_NEAR(wells[1].position, 125e-9, 8e-9);
}

TEST_F(Wells, AreThoseOfOneStraightWallWhateverACaseStartsFrom) {
  const double expected = find().front().position;
  p_.initial_wall.list = {{.x = 60e-9}, {.x = 150e-9}};
  p_.initial_wall.tilt = 0.4;
  EXPECT_EQ(find().front().position, expected);
}

}  // namespace
}  // namespace spinsweep::retention
