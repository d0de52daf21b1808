#include "retention/level_transitions.hpp"

#include <gmock/gmock.h>

#include "device/kind.hpp"
#include "device/parameters.hpp"
#include "device/readout.hpp"
#include "retention/retention_table.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

class LevelTransitions : public testing::Test {
 protected:
  /// Conductance with the wall at x (m), down|up.
  [[nodiscard]] double at(double x) const { return device::track_conductance(1.0 - 2.0 * x / p_.track.length, p_.mtj); }

  static device::DeviceParameters synapse() {
    device::DeviceParameters p;
    for (const device::Kind* kind : device::kinds()) {
      if (kind->derives == device::Derived::levels) {
        p = kind->defaults();
      }
    }
    p.track.length = 400e-9;
    p.notches.diameter = 20e-9;
    return p;
  }

  device::DeviceParameters p_ = synapse();
};

TEST_F(LevelTransitions, KeepTheLevelsOfATrackWithoutAWallAndMoveTheOthersAsTheirWells) {
  const std::vector<double> levels = {at(0.0), at(100e-9), at(200e-9), at(300e-9), at(400e-9)};
  const std::vector<double> wells = {at(101e-9), at(199e-9), at(300e-9)};
  const std::vector<double> between_wells = {0.7, 0.2, 0.1, 0.3, 0.4, 0.3, 0.0, 0.5, 0.5};
  const std::vector<double> expected = {1, 0,   0,   0,   0,  //
                                        0, 0.7, 0.2, 0.1, 0,  //
                                        0, 0.3, 0.4, 0.3, 0,  //
                                        0, 0,   0.5, 0.5, 0,  //
                                        0, 0,   0,   0,   1};
  EXPECT_THAT(level_transitions(levels, {wells, between_wells}, p_).probability,
              Pointwise(DoubleNear(1e-15), expected));
}

TEST_F(LevelTransitions, KeepALevelBetweenNotchesThatIsOutOfTheirReach) {
  const double beyond = 100e-9 + 1.01 * reach_of_notch(p_);
  const double within = 100e-9 + 0.99 * reach_of_notch(p_);
  const std::vector<double> wells = {at(100e-9), at(300e-9)};
  const std::vector<double> always = {0, 1, 0, 1};
  EXPECT_THAT(level_transitions(std::vector{at(beyond), at(300e-9)}, {wells, always}, p_).probability,
              ElementsAre(1, 0, 0, 1));
  EXPECT_THAT(level_transitions(std::vector{at(within), at(300e-9)}, {wells, always}, p_).probability,
              ElementsAre(0, 1, 0, 1));
}

TEST_F(LevelTransitions, LeadToTheNearestLevelWhereAWellHasNoneOfItsOwn) {
  const std::vector<double> wells = {at(100e-9), at(200e-9), at(300e-9)};
  const std::vector<double> to_the_middle = {0, 1, 0, 0, 1, 0, 0, 1, 0};
  const std::vector<double> levels = {at(100e-9), at(290e-9)};
  // The wall in the middle is 90 nm from one level and 100 nm from the other.
  EXPECT_THAT(level_transitions(levels, {wells, to_the_middle}, p_).probability, ElementsAre(0, 1, 0, 1));
}

TEST_F(LevelTransitions, LoseTheWallsOfLevelsInWellsAloneAndThenHaveTheConductanceOfTheTrackWithoutAWall) {
  const double down = at(400e-9);
  const double up = at(0.0);
  const WellTransitions wells{.conductances = {at(100e-9), at(300e-9)},
                              .between_wells = {0.6, 0.1, 0.2, 0.5},
                              .losses = {0.3, 0.0, 0.1, 0.2},
                              .without_wall = {up, down}};
  const std::vector<double> levels = {up, at(100e-9), at(200e-9), at(300e-9)};
  const network::LevelTransitions found = level_transitions(levels, wells, p_);
  EXPECT_THAT(found.loss, ElementsAre(0, 0, 0.3, 0, 0, 0, 0.1, 0.2));
  EXPECT_THAT(found.probability, ElementsAre(1, 0, 0, 0, 0, 0.6, 0, 0.1, 0, 0, 1, 0, 0, 0.2, 0, 0.5));
  EXPECT_EQ(found.without_wall[0], 0.0);
  EXPECT_DOUBLE_EQ(found.without_wall[1], (down - up) / (levels.back() - up));
}

TEST(RetentionTimes, AreNamedInTheLargestUnitThatDividesThem) {
  EXPECT_EQ(retention_table::time_text(315576000), "10 years");
  EXPECT_EQ(retention_table::time_text(31557600), "1 year");
  EXPECT_EQ(retention_table::time_text(172800), "2 days");
  EXPECT_EQ(retention_table::time_text(3600), "1 h");
  EXPECT_EQ(retention_table::time_text(90), "90 s");
}

}  // namespace
}  // namespace spinsweep::retention
