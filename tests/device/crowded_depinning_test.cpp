#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

/// A wall at rest in a pair of notches of that depth (m) in a track as wide as the paper's, on coarse cells.
DeviceParameters pinned(double depth, CurrentFlow flow) {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = 350e-9, .width = 150e-9, .thickness = 2e-9, .cell = 5e-9};
  p.notches = {.count = 1, .diameter = 40e-9, .depth = depth, .first = 175e-9, .pitch = {}};
  p.initial_wall.position = 175e-9;
  p.pulse = {.current_density = 0.0, .duration = 3e-9, .relaxation = 0.5e-9};
  p.output = {.interval = 0.5e-9, .snapshots = 2};
  p.current.flow = flow;
  return p;
}

/// The current density that frees the wall, A/m^2, to 1 %.
double depinning_current_density(DeviceParameters p) {
  const auto demag = std::make_shared<micromagnetics::DemagField>(make_mesh(p), p.material.saturation_magnetization);
  const std::vector<double> initial = initial_state(p, demag, {}, level_relaxation);
  double held = 0.05e12;
  double freed = 2e12;
  while (freed - held > 0.01 * freed) {
    p.pulse.current_density = 0.5 * (held + freed);
    Simulation simulation(p, demag, initial);
    const bool is_free = simulation.run().readings.back().wall_position > 175e-9 + 40e-9;
    (is_free ? freed : held) = p.pulse.current_density;
  }
  return freed;
}

TEST(CrowdedCurrent, FreesAWallFromANotchAtALowerCurrentDensityOfThePulse) {
  for (const double depth : {10e-9, 20e-9, 30e-9}) {
    const double uniform = depinning_current_density(pinned(depth, CurrentFlow::uniform));
    const double crowded = depinning_current_density(pinned(depth, CurrentFlow::crowded));
    RecordProperty("uniform_1e12_depth_" + std::to_string(std::lround(depth * 1e9)), std::to_string(uniform * 1e-12));
    RecordProperty("crowded_over_uniform_depth_" + std::to_string(std::lround(depth * 1e9)),
                   std::to_string(crowded / uniform));
    // No lower than if the whole current density were that in the notch.
    EXPECT_LT(crowded, 0.99 * uniform) << depth;
    EXPECT_GT(crowded, (1.0 - 2.0 * depth / 150e-9) * 0.95 * uniform) << depth;
  }
}

}  // namespace
}  // namespace spinsweep::device
