#include <gtest/gtest.h>

#include <memory>

#include "base/interruption.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

DeviceParameters short_case(double temperature = 0.0) {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.material.temperature = temperature;
  p.track.length = 120e-9;
  p.track.width = 30e-9;
  p.notches.count = 0;
  p.initial_wall.position = 60e-9;
  p.initial_wall.relax = false;
  p.pulse = {.current_density = 0.3e12, .duration = 0.2e-12, .relaxation = 0.0};
  p.output = {.interval = 0.02e-12, .snapshots = 3};
  return p;
}

/// Of that case after three steps.
SimulationState state_on_the_way(const DeviceParameters& p) {
  Simulation simulation(p,
                        std::make_shared<micromagnetics::DemagField>(make_mesh(p), p.material.saturation_magnetization),
                        straight_wall(p));
  int steps = 0;
  try {
    static_cast<void>(simulation.run({.after_step = [&](double /*time*/) {
      if (++steps == 3) {
        throw Interrupted();
      }
    }}));
  } catch (const Interrupted&) {
  }
  return simulation.state();
}

TEST(SimulationState, FitsTheParametersOfItsOwnCase) {
  for (const double temperature : {0.0, 300.0}) {
    const DeviceParameters p = short_case(temperature);
    EXPECT_TRUE(fits(state_on_the_way(p), p));
  }
}

TEST(SimulationState, FitsNoOtherMeshAndNoOtherSchedule) {
  const SimulationState state = state_on_the_way(short_case());
  DeviceParameters longer = short_case();
  longer.track.length = 150e-9;
  EXPECT_FALSE(fits(state, longer));
  DeviceParameters finer = short_case();
  finer.track.cell = 1.5e-9;
  EXPECT_FALSE(fits(state, finer));
  DeviceParameters over = short_case();
  over.pulse.duration = 1e-15;
  EXPECT_FALSE(fits(state, over));
  EXPECT_FALSE(fits(state, short_case(300.0)));
}

TEST(SimulationState, WithAFieldOfAnotherSizeDoesNotFit) {
  const DeviceParameters p = short_case();
  const SimulationState good = state_on_the_way(p);
  SimulationState state = good;
  state.integration.magnetization.pop_back();
  EXPECT_FALSE(fits(state, p));
  state = good;
  state.integration.stepper.reference_field.push_back(0.0);
  EXPECT_FALSE(fits(state, p));
  state = good;
  state.integration.stepper.history.fields.back().pop_back();
  EXPECT_FALSE(fits(state, p));
  state = good;
  state.integration.stepper.history.fields.clear();
  EXPECT_FALSE(fits(state, p));
  state = good;
  state.integration.stepper.history.times.push_back(0.0);
  EXPECT_FALSE(fits(state, p));
}

TEST(SimulationState, ThatPointsBeyondTheMeshOrItsRecordDoesNotFit) {
  const DeviceParameters p = short_case();
  const SimulationState good = state_on_the_way(p);
  SimulationState state = good;
  state.integration.stepper.active.end = make_mesh(p).nx + 1;
  EXPECT_FALSE(fits(state, p));
  state = good;
  state.integration.stepper.active.begin = -1;
  EXPECT_FALSE(fits(state, p));
  state = good;
  ++state.next_sample;
  EXPECT_FALSE(fits(state, p));
  state = good;
  ++state.next_snapshot;
  EXPECT_FALSE(fits(state, p));
  state = good;
  state.record.energy.pop_back();
  EXPECT_FALSE(fits(state, p));
  state = good;
  state.integration.time = -1.0;
  EXPECT_FALSE(fits(state, p));
}

}  // namespace
}  // namespace spinsweep::device
