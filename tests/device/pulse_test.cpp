#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "device/drive.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::device {
namespace {

using micromagnetics::DemagField;
using micromagnetics::LlgsSystem;
using micromagnetics::TimeIntegration;

constexpr double ns = 1e-9;

void expect_times(const std::vector<double>& times, const std::vector<double>& wanted) {
  ASSERT_EQ(times.size(), wanted.size());
  for (std::size_t k = 0; k < times.size(); ++k) {
    EXPECT_NEAR(times[k], wanted[k], 1e-21) << k;
  }
}

TEST(Drive, RisesAndFallsLinearlyBeforeAndAfterTheDuration) {
  const Drive drive(
      Pulse{.current_density = 4e11, .duration = 2 * ns, .relaxation = 3 * ns, .rise = 1 * ns, .fall = 0.5 * ns});
  EXPECT_EQ(drive.current_density(0.0), 0.0);
  EXPECT_NEAR(drive.current_density(0.25 * ns), 1e11, 1e-4);
  EXPECT_EQ(drive.current_density(1 * ns), 4e11);
  EXPECT_EQ(drive.current_density(2.9 * ns), 4e11);
  EXPECT_NEAR(drive.current_density(3.25 * ns), 2e11, 1e-3);
  EXPECT_EQ(drive.current_density(3.5 * ns), 0.0);
  expect_times(drive.corners(), {1 * ns, 3 * ns, 3.5 * ns});
  EXPECT_NEAR(drive.end(), 6.5 * ns, 1e-21);
}

TEST(Drive, HeatsByAThirdOfTheSquareDuringARamp) {
  const Drive drive(Pulse{.current_density = 2.0, .duration = 2.0, .relaxation = 0.0, .rise = 3.0, .fall = 6.0});
  EXPECT_DOUBLE_EQ(drive.heat(1.0, 1.0), 4.0 * (2.0 + 1.0 + 2.0));
}

TEST(Drive, OfATrainIsReadWhereTheNextPulseStarts) {
  const Drive drive(
      Pulse{.current_density = 1e11, .duration = 1 * ns, .relaxation = 4 * ns, .count = 3, .period = 2 * ns});
  expect_times(drive.readings(), {2 * ns, 4 * ns, 9 * ns});
  expect_times(drive.corners(), {1 * ns, 2 * ns, 3 * ns, 4 * ns, 5 * ns});
  EXPECT_EQ(drive.current_density(2.5 * ns), 1e11);
  EXPECT_EQ(drive.current_density(1.5 * ns), 0.0);
  EXPECT_DOUBLE_EQ(drive.heat(1.0, 1.0), 3.0 * 1e22 * ns);
}

TEST(Drive, HasItsRelaxationAfterEveryPulseUnlessThePeriodIsGiven) {
  const Drive drive(Pulse{.current_density = 1e11, .duration = 1 * ns, .relaxation = 4 * ns, .count = 2});
  expect_times(drive.readings(), {5 * ns, 10 * ns});
}

TEST(Drive, WithoutAGapHasNoCornerThatRoundingMakes) {
  // 3 * 0.1 is not 0.1 + 0.1 + 0.1.
  const Drive drive(Pulse{.current_density = 1e11, .duration = 0.1 * ns, .relaxation = 0.0, .count = 7});
  EXPECT_EQ(drive.corners().size(), 7U);
  EXPECT_EQ(drive.readings().size(), 7U);
}

TEST(Drive, FindsTheCornerAfterATime) {
  const Drive drive(
      Pulse{.current_density = 1e11, .duration = 1 * ns, .relaxation = 1 * ns, .rise = 0.5 * ns, .count = 3});
  const std::vector<double> corners = drive.corners();
  EXPECT_EQ(drive.corner_after(0.0), corners.front());
  for (std::size_t k = 1; k < corners.size(); ++k) {
    EXPECT_EQ(drive.corner_after(std::nextafter(corners[k], 0.0)), corners[k]);
    EXPECT_EQ(drive.corner_after(corners[k - 1]), corners[k]);
  }
  EXPECT_EQ(drive.corner_after(corners.back()), std::nullopt);
}

TEST(Drive, OfADepressionGoesBackAsOftenAsForth) {
  const Drive drive(Pulse{
      .current_density = 1e11, .duration = 1 * ns, .relaxation = 1 * ns, .count = 2, .period = {}, .depression = -0.5});
  expect_times(drive.readings(), {2 * ns, 4 * ns, 6 * ns, 8 * ns});
  EXPECT_EQ(drive.current_density(2.5 * ns), 1e11);
  EXPECT_EQ(drive.current_density(4.5 * ns), -0.5e11);
  EXPECT_EQ(drive.current_density(6.5 * ns), -0.5e11);
  EXPECT_EQ(drive.peak(), 1e11);
}

TEST(Drive, StartsAfterItsReset) {
  const Pulse pulse{.current_density = 1e11,
                    .duration = 1 * ns,
                    .relaxation = 0.0,
                    .reset = {.current_density = -3e11, .duration = 2 * ns, .relaxation = 1 * ns}};
  const Drive drive(pulse);
  EXPECT_EQ(drive.current_density(1 * ns), -3e11);
  EXPECT_EQ(drive.current_density(2.5 * ns), 0.0);
  EXPECT_EQ(drive.current_density(3.5 * ns), 1e11);
  EXPECT_NEAR(drive.start_of_pulses(), 3 * ns, 1e-21);
  expect_times(drive.readings(), {4 * ns});
  EXPECT_EQ(drive.peak(), -3e11);
}

TEST(Drive, OfSegmentsFollowsThePulseWhereTheySayNothing) {
  const Pulse pulse{
      .current_density = 2e11,
      .duration = 1 * ns,
      .relaxation = 5 * ns,
      .segments = {
          {}, {.factor = -0.5, .duration = 2 * ns, .rise = 1 * ns}, {.current_density = 7e11, .rest = 3 * ns}, {}}};
  const Drive drive(pulse);
  EXPECT_EQ(drive.current_density(0.5 * ns), 2e11);
  EXPECT_NEAR(drive.current_density(1.5 * ns), 0.5e11, 1e-3) << "a rise starts from the current before it";
  EXPECT_EQ(drive.current_density(3 * ns), -1e11);
  EXPECT_EQ(drive.current_density(4.5 * ns), 7e11);
  EXPECT_EQ(drive.current_density(6 * ns), 0.0);
  EXPECT_EQ(drive.current_density(8.5 * ns), 2e11);
  EXPECT_EQ(drive.peak(), 7e11);
  expect_times(drive.readings(), {1 * ns, 4 * ns, 8 * ns, 14 * ns});
  EXPECT_NEAR(pulse_length(pulse), 9 * ns, 1e-21);
  EXPECT_EQ(reading_count(pulse), 4U);
}

TEST(Drive, RefusesNoPulseThatMeetsItsPeriodExactly) {
  const Pulse pulse{.current_density = 1e11,
                    .duration = 0.7 * ns,
                    .relaxation = 0.0,
                    .rise = 0.1 * ns,
                    .count = 3,
                    .period = 0.8 * ns};
  EXPECT_FALSE(find_problem(pulse));
  EXPECT_EQ(Drive(pulse).corners().size(), 6U);
}

/// 240 x 24 nm.
class ShortTrack : public testing::Test {
 protected:
  ShortTrack() {
    p_ = kind_of<Synapse>.defaults();
    p_.track = {.length = 240e-9, .width = 24e-9, .thickness = 2e-9, .cell = 3e-9};
    p_.notches.count = 0;
    p_.initial_wall.position = 90e-9;
    p_.initial_wall.width = 10e-9;
    p_.initial_wall.relax = false;
    p_.output = {.interval = 50e-12, .snapshots = 2};
    p_.pulse = {.current_density = 0.5e12,
                .duration = 40e-12,
                .relaxation = 40e-12,
                .rise = 15e-12,
                .fall = 10e-12,
                .count = 2,
                .period = 90e-12,
                .depression = -0.5};
  }

  [[nodiscard]] std::shared_ptr<DemagField> demag() const {
    return std::make_shared<DemagField>(make_mesh(p_), p_.material.saturation_magnetization);
  }

  static CaseRecord run(const DeviceParameters& p) {
    const auto demag = std::make_shared<DemagField>(make_mesh(p), p.material.saturation_magnetization);
    Simulation simulation(p, demag, initial_state(p, demag));
    return simulation.run();
  }

  DeviceParameters p_;
};

TEST_F(ShortTrack, IsReadBeforeTheFirstPulseAndAfterEach) {
  const CaseRecord record = run(p_);
  ASSERT_EQ(record.readings.size(), 5U);
  EXPECT_NEAR(record.readings[0].wall_position, 90e-9, 1e-9);
  EXPECT_GT(record.readings[1].wall_position, record.readings[0].wall_position + 3e-9);
  EXPECT_GT(record.readings[2].wall_position, record.readings[1].wall_position + 3e-9);
  EXPECT_LT(record.readings[3].wall_position, record.readings[2].wall_position);
  EXPECT_LT(record.readings[4].wall_position, record.readings[3].wall_position);
  EXPECT_EQ(record.readings.back().wall_position, record.wall_position.back());
  EXPECT_EQ(record.readings.back().conductance, record.conductance.back());
  EXPECT_EQ(record.readings.back().wall_count, 1.0);
}

TEST_F(ShortTrack, ResetMovesTheWallBeforeItIsReadForTheFirstTime) {
  p_.pulse.reset = {.current_density = -0.5e12, .duration = 120e-12, .relaxation = 20e-12};
  const CaseRecord record = run(p_);
  EXPECT_LT(record.readings.front().wall_position, 85e-9);
}

TEST_F(ShortTrack, LeanCaseHasTheReadingsOfAFullOne) {
  p_.material.temperature = 300.0;
  const CaseRecord full = run(p_);
  p_.thermal.realizations = 2;
  const CaseRecord lean = run(p_);
  EXPECT_TRUE(lean.wall_position.empty());
  EXPECT_TRUE(lean.snapshots.empty());
  ASSERT_EQ(lean.readings.size(), full.readings.size());
  for (std::size_t k = 0; k < full.readings.size(); ++k) {
    EXPECT_EQ(lean.readings[k].wall_position, full.readings[k].wall_position);
    EXPECT_EQ(lean.readings[k].wall_count, full.readings[k].wall_count);
  }
  p_.thermal.record = Record::traces;
  const CaseRecord traces = run(p_);
  EXPECT_EQ(traces.wall_position, full.wall_position);
  EXPECT_TRUE(traces.snapshots.empty());
}

/// Positions after each pulse, measured as `map` does.
void expect_mirror_images(const CaseRecord& record, const CaseRecord& other, const std::function<double(double)>& map) {
  ASSERT_EQ(record.readings.size(), other.readings.size());
  for (std::size_t k = 0; k < record.readings.size(); ++k) {
    EXPECT_NEAR(other.readings[k].wall_position, map(record.readings[k].wall_position), 0.02e-9) << k;
  }
}

TEST_F(ShortTrack, TurnedBy180DegreesAboutItsNormalMovesItsWallTheOtherWay) {
  const CaseRecord record = run(p_);
  p_.initial_wall.polarity = WallKind::up_down;
  p_.initial_wall.position = 150e-9;
  p_.pulse.current_density = -p_.pulse.current_density;
  const CaseRecord other = run(p_);
  EXPECT_TRUE(other.is_up_down);
  expect_mirror_images(record, other, [](double x) { return 240e-9 - x; });
}

TEST_F(ShortTrack, MovesWallsOfBothPolaritiesAlike) {
  // The mirror y -> -y keeps the current and exchanges up and down.
  const CaseRecord record = run(p_);
  p_.initial_wall.polarity = WallKind::up_down;
  expect_mirror_images(record, run(p_), [](double x) { return x; });
}

TEST_F(ShortTrack, MovesTheWallLikewiseIfDmiAndCurrentAreBothReversed) {
  // The mirror z -> -z exchanges the sides of the film.
  const CaseRecord record = run(p_);
  p_.material.dmi = -p_.material.dmi;
  p_.pulse.current_density = -p_.pulse.current_density;
  expect_mirror_images(record, run(p_), [](double x) { return x; });
}

TEST_F(ShortTrack, MovesTheWallTheOtherWayIfTheCurrentIsReversedAndTheWallMirrored) {
  const CaseRecord record = run(p_);
  p_.initial_wall.position = 150e-9;
  p_.pulse.current_density = -p_.pulse.current_density;
  expect_mirror_images(record, run(p_), [](double x) { return 240e-9 - x; });
}

/// A ramp from no current, followed by the integrator or as a staircase of constant currents.
class Ramp : public ShortTrack {
 protected:
  static constexpr double end = 16e-12;
  static constexpr double peak = 1e12;

  [[nodiscard]] std::vector<double> after(const Drive& drive, double temperature, double tolerance) const {
    auto material = p_.material;
    material.temperature = temperature;
    LlgsSystem system(material, make_mesh(p_), make_mask(p_), demag());
    TimeIntegration integration(system, tolerance, 7);
    integration.set_magnetization(straight_wall(p_));
    advance(integration, drive, end);
    return {integration.magnetization().begin(), integration.magnetization().end()};
  }

  /// With the current in the middle of each step.
  static Drive staircase(int steps) {
    std::vector<Drive::Piece> pieces;
    for (int k = 0; k < steps; ++k) {
      pieces.push_back({peak * (k + 0.5) / steps, end * (k + 1) / steps});
    }
    return {pieces, end};
  }

  static Drive ramp() { return {{{0.0, end, peak}}, end}; }

  static double distance(const std::vector<double>& a, const std::vector<double>& b) {
    double largest = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) {
      largest = std::max(largest, std::abs(a[k] - b[k]));
    }
    return largest;
  }
};

TEST_F(Ramp, IsTheLimitOfFinerAndFinerStairs) {
  const auto ramped = after(ramp(), 0.0, 1e-9);
  const double of_four = distance(ramped, after(staircase(4), 0.0, 1e-9));
  const double of_eight = distance(ramped, after(staircase(8), 0.0, 1e-9));
  const double of_sixteen = distance(ramped, after(staircase(16), 0.0, 1e-9));
  EXPECT_GT(of_four, 1e-5);
  EXPECT_NEAR(of_four / of_eight, 4.0, 0.6);
  EXPECT_NEAR(of_eight / of_sixteen, 4.0, 0.6);
}

TEST_F(Ramp, IsFollowedWithinTheTolerance) {
  EXPECT_LT(distance(after(ramp(), 0.0, 1e-5), after(ramp(), 0.0, 1e-9)), 1e-4);
}

TEST_F(Ramp, OfAThermalStepIsTheLimitOfFinerAndFinerStairs) {
  // Stairs of a whole number of outer steps have the same noise.
  const auto ramped = after(ramp(), 300.0, 1e-5);
  const double of_four = distance(ramped, after(staircase(4), 300.0, 1e-5));
  const double of_eight = distance(ramped, after(staircase(8), 300.0, 1e-5));
  EXPECT_GT(of_four, 1e-5);
  EXPECT_NEAR(of_four / of_eight, 4.0, 1.0);
}

TEST_F(Ramp, MovesAWallThatWasAtRest) {
  p_.initial_wall.relax = true;
  p_.pulse = {.current_density = 0.5e12, .duration = 1e-12, .relaxation = 0.0, .rise = 200e-12};
  p_.output.interval = 201e-12;
  const CaseRecord record = run(p_);
  EXPECT_GT(record.readings.back().wall_position, record.readings.front().wall_position + 5e-9);
}

}  // namespace
}  // namespace spinsweep::device
