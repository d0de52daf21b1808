#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

TEST(Schedule, SamplesEveryIntervalFromZeroToTheEnd) {
  const Schedule schedule =
      make_schedule(Pulse{.duration = 1e-9, .relaxation = 0.5e-9}, {.interval = 0.1e-9, .snapshots = 4});
  ASSERT_EQ(schedule.sample_times.size(), 16U);
  EXPECT_EQ(schedule.sample_times.front(), 0.0);
  EXPECT_DOUBLE_EQ(schedule.sample_times.back(), 1.5e-9);
  EXPECT_DOUBLE_EQ(schedule.end, 1.5e-9);
  EXPECT_TRUE(std::is_sorted(schedule.sample_times.begin(), schedule.sample_times.end()));
}

TEST(Schedule, AddsTheEndWhereNoIntervalMeetsIt) {
  const Schedule schedule =
      make_schedule(Pulse{.duration = 1e-9, .relaxation = 0.0}, {.interval = 0.3e-9, .snapshots = 2});
  ASSERT_EQ(schedule.sample_times.size(), 5U);
  EXPECT_EQ(schedule.sample_times[3], 3 * 0.3e-9);
  EXPECT_EQ(schedule.sample_times[4], 1e-9);
}

TEST(Schedule, LosesNoSampleToRounding) {
  // 3e-9/50e-12 is a little below 60 in binary.
  EXPECT_EQ(make_schedule(Pulse{.duration = 3e-9, .relaxation = 0.0}, {.interval = 50e-12, .snapshots = 2})
                .sample_times.size(),
            61U);
  EXPECT_EQ(make_schedule(Pulse{.duration = 10e-9, .relaxation = 10e-9}, {.interval = 50e-12, .snapshots = 2})
                .sample_times.size(),
            401U);
}

TEST(Schedule, TakesSnapshotsEvenlyFromTheStartToTheEnd) {
  const Schedule schedule =
      make_schedule(Pulse{.duration = 1e-9, .relaxation = 1e-9}, {.interval = 0.5e-9, .snapshots = 5});
  ASSERT_EQ(schedule.snapshot_times.size(), 5U);
  EXPECT_EQ(schedule.snapshot_times.front(), 0.0);
  EXPECT_EQ(schedule.snapshot_times[2], 1e-9);
  EXPECT_EQ(schedule.snapshot_times.back(), 2e-9);
}

DeviceParameters short_track() {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = 120e-9, .width = 16e-9, .thickness = 2e-9, .cell = 4e-9};
  p.notches.count = 0;
  p.initial_wall = {.position = 50e-9, .width = 8e-9, .relax = false};
  p.pulse = {.current_density = 1e12, .duration = 33e-12, .relaxation = 27e-12};
  p.output = {.interval = 10e-12, .snapshots = 4};
  return p;
}

TEST(Simulation, EndsAStepOnEveryPulseEdgeSampleAndSnapshot) {
  const DeviceParameters p = short_track();
  auto demag = std::make_shared<micromagnetics::DemagField>(make_mesh(p), 1.1e6);
  Simulation simulation(p, demag, straight_wall(p));
  std::vector<double> times;
  std::vector<double> current;
  const CaseRecord& record = simulation.run({.after_step = [&](double /*time*/) {
    times.push_back(simulation.time());
    current.push_back(simulation.state().integration.current.strength());
  }});
  const Schedule schedule = make_schedule(p.pulse, p.output);
  auto wanted = schedule.sample_times;
  wanted.insert(wanted.end(), schedule.snapshot_times.begin(), schedule.snapshot_times.end());
  wanted.push_back(p.pulse.duration);
  for (const double time : wanted) {
    const bool met = time == 0.0 || std::any_of(times.begin(), times.end(),
                                                [&](double step_end) { return std::abs(step_end - time) < 1e-17; });
    EXPECT_TRUE(met) << time;
  }
  // The current belongs to the step that ended: on up to the edge, off after it.
  for (std::size_t k = 0; k < times.size(); ++k) {
    EXPECT_EQ(current[k], times[k] <= p.pulse.duration ? 1e12 : 0.0) << times[k];
  }
  EXPECT_EQ(record.conductance.size(), schedule.sample_times.size());
  EXPECT_EQ(record.energy.size(), schedule.sample_times.size());
  EXPECT_EQ(record.snapshots.size(), 4 * 30 * 4 * 3U);
}

TEST(Simulation, RecordsTheWallMovingWithThePulse) {
  const DeviceParameters p = short_track();
  auto demag = std::make_shared<micromagnetics::DemagField>(make_mesh(p), 1.1e6);
  Simulation simulation(p, demag, straight_wall(p));
  const CaseRecord& record = simulation.run();
  EXPECT_NEAR(record.wall_position.front(), 50e-9, 0.1e-9);
  EXPECT_GT(record.wall_position.back(), record.wall_position.front() + 1e-9);
  for (std::size_t k = 0; k < record.conductance.size(); ++k) {
    EXPECT_DOUBLE_EQ(record.conductance[k], 1.0 / (5e3 + 5e3 * 0.5 * (1.0 + record.magnetization[k].z)));
  }
}

TEST(Simulation, StoppedAnywhereResumesToTheSameRecord) {
  for (const double temperature : {0.0, 300.0}) {
    DeviceParameters p = short_track();
    p.material.temperature = temperature;
    p.thermal.seed = 11;
    auto demag = std::make_shared<micromagnetics::DemagField>(make_mesh(p), 1.1e6);
    Simulation whole(p, demag, straight_wall(p));
    const CaseRecord wanted = whole.run();
    for (const int steps : {1, 5, 14, 40}) {
      SimulationState state;
      Simulation first(p, demag, straight_wall(p));
      int taken = 0;
      struct Stop {};
      try {
        (void)first.run({.after_step = [&](double /*time*/) {
          if (++taken == steps) {
            state = first.state();
            throw Stop{};
          }
        }});
        FAIL() << "the run has fewer than " << steps << " steps";
      } catch (const Stop&) {
      }
      Simulation second(p, demag, state);
      const CaseRecord& record = second.run();
      EXPECT_EQ(record.wall_position, wanted.wall_position) << steps << " steps at " << temperature << " K";
      EXPECT_EQ(record.energy, wanted.energy) << steps << " steps at " << temperature << " K";
      EXPECT_EQ(record.snapshots, wanted.snapshots) << steps << " steps at " << temperature << " K";
    }
  }
}

TEST(Simulation, AboveZeroTemperatureDoesNotDependOnTheOutputInterval) {
  DeviceParameters p = short_track();
  p.material.temperature = 300.0;
  p.pulse = {.current_density = 1e12, .duration = 6.3e-12, .relaxation = 3.7e-12};
  p.output = {.interval = 5e-12, .snapshots = 2};
  auto demag = std::make_shared<micromagnetics::DemagField>(make_mesh(p), 1.1e6);
  Simulation seldom(p, demag, straight_wall(p));
  const CaseRecord& expected = seldom.run();
  p.output = {.interval = 0.5e-12, .snapshots = 5};
  Simulation often(p, demag, straight_wall(p));
  const CaseRecord& record = often.run();
  ASSERT_EQ(record.wall_position.size(), 21U);
  ASSERT_EQ(expected.wall_position.size(), 3U);
  for (std::size_t k = 0; k < expected.wall_position.size(); ++k) {
    EXPECT_EQ(record.wall_position[10 * k], expected.wall_position[k]);
    EXPECT_EQ(record.energy[10 * k], expected.energy[k]);
  }
}

TEST(Simulation, PassesOnWhatEndsIt) {
  const DeviceParameters p = short_track();
  auto demag = std::make_shared<micromagnetics::DemagField>(make_mesh(p), 1.1e6);
  Simulation simulation(p, demag, straight_wall(p));
  EXPECT_THROW((void)simulation.run({.after_step = [](double /*time*/) { throw std::runtime_error("enough"); }}),
               std::runtime_error);
}

}  // namespace
}  // namespace spinsweep::device
