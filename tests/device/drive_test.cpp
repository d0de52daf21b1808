#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "base/constants.hpp"
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

DeviceParameters short_track() {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = 240e-9, .width = 24e-9, .thickness = 2e-9, .cell = 3e-9};
  p.notches.count = 0;
  p.initial_wall = {.position = 120e-9, .width = 10e-9, .relax = true};
  return p;
}

/// How far the relaxed wall of the track has gone after 0.1 ns of the current and the field (A/m along z), m.
double displacement(const DeviceParameters& p, double current_density, double field = 0.0) {
  const auto mesh = make_mesh(p);
  auto demag = std::make_shared<DemagField>(mesh, p.material.saturation_magnetization);
  LlgsSystem system(p.material, mesh, make_mask(p), demag);
  system.set_applied_field({p.applied_field.x, p.applied_field.y, field});
  TimeIntegration integration(system, 1e-6);
  const auto start = initial_state(p, demag);
  integration.set_magnetization(start);
  integration.set_current_density(current_density);
  integration.advance(0.1e-9);
  return 0.5 * p.track.length *
         (system.mean_magnetization(start).z - system.mean_magnetization(integration.magnetization()).z);
}

TEST(Current, MovesADownUpWallToTheRightIfItAndTheDmiAreOfOneSign) {
  auto p = short_track();
  for (const double dmi : {1e-3, -1e-3}) {
    p.material.dmi = dmi;
    for (const double current_density : {0.4e12, -0.4e12}) {
      const double moved = displacement(p, current_density);
      EXPECT_GT(moved * dmi * current_density, 0.0) << dmi << " " << current_density;
      EXPECT_GT(std::abs(moved), 3e-9) << dmi << " " << current_density;
    }
  }
}

TEST(Current, MovesAWallFurtherTheStrongerItIs) {
  const auto p = short_track();
  double before = 0.0;
  for (const double current_density : {0.1e12, 0.2e12, 0.4e12, 0.8e12}) {
    const double moved = displacement(p, current_density);
    EXPECT_GT(moved, before);
    before = moved;
  }
}

TEST(Current, DoesNothingWithoutSpinPolarization) {
  auto p = short_track();
  const double at_rest = displacement(p, 0.0);
  p.material.spin_hall_angle = 0.0;
  EXPECT_EQ(displacement(p, 1e12), at_rest);
}

TEST(AppliedField, ThatPointsDownPushesADownUpWallToTheRight) {
  // The domain along the field grows; down is on the left.
  const auto p = short_track();
  EXPECT_GT(displacement(p, 0.0, -3e4), 2e-9);
  EXPECT_LT(displacement(p, 0.0, 3e4), -2e-9);
}

TEST(AppliedField, HasTheEnergyOfAMomentInAField) {
  const auto p = short_track();
  const auto mesh = make_mesh(p);
  LlgsSystem system(p.material, mesh, make_mask(p),
                    std::make_shared<DemagField>(mesh, p.material.saturation_magnetization));
  system.set_applied_field({1e4, 2e4, -3e4});
  auto wall = p;
  wall.initial_wall.position = 60e-9;
  const auto m = straight_wall(wall);
  const auto mean = system.mean_magnetization(m);
  const double volume = static_cast<double>(mesh.cells()) * mesh.cell_volume();
  const double wanted = -constants::vacuum_permeability * p.material.saturation_magnetization * volume *
                        dot(mean, micromagnetics::Vector3{1e4, 2e4, -3e4});
  EXPECT_NEAR(system.energies(m)[4], wanted, 1e-12 * std::abs(wanted));
}

TEST(FieldLikeTorque, MovesTheMagnetizationAsTheFieldAlongTheSpinPolarizationDoes) {
  // b xi along s = -y, with no damping-like torque beside it: P is made small and xi large.
  auto p = short_track();
  const double current_density = 1e12;
  const double b = constants::reduced_planck_constant * p.material.spin_hall_angle * current_density /
                   (2.0 * constants::elementary_charge * constants::vacuum_permeability *
                    p.material.saturation_magnetization * p.track.thickness);
  const auto end = [&](double xi, double applied) {
    auto material = p.material;
    material.field_like_ratio = xi;
    const auto mesh = make_mesh(p);
    auto demag = std::make_shared<DemagField>(mesh, material.saturation_magnetization);
    LlgsSystem system(material, mesh, make_mask(p), demag);
    system.set_applied_field({0.0, applied, 0.0});
    TimeIntegration integration(system, 1e-7);
    integration.set_magnetization(straight_wall(p));
    integration.set_current_density(current_density);
    integration.advance(50e-12);
    return system.mean_magnetization(integration.magnetization());
  };
  const auto torque = end(0.8, 0.0);
  const auto field = end(0.0, -0.8 * b);
  const auto neither = end(0.0, 0.0);
  EXPECT_NEAR(torque.x, field.x, 1e-6);
  EXPECT_NEAR(torque.y, field.y, 1e-6);
  EXPECT_NEAR(torque.z, field.z, 1e-6);
  EXPECT_GT(std::abs(torque.y - neither.y), 1e-3);
}

TEST(Symmetry, MakesTheRelaxedWallOfASymmetricTrackItsOwnMirrorImage) {
  // The mirror y -> -y followed by a reversal of all moments keeps every energy; it maps (mx, my, mz) to (mx, -my, mz).
  auto p = short_track();
  p.notches = {.count = 1, .diameter = 12e-9, .first = 120e-9, .pitch = {}};
  const auto mesh = make_mesh(p);
  auto demag = std::make_shared<DemagField>(mesh, p.material.saturation_magnetization);
  const auto m = initial_state(p, demag);
  const micromagnetics::FieldLayout layout(mesh);
  const std::size_t size = layout.component_size();
  for (int j = 0; j < mesh.ny / 2; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const std::size_t k = layout.index(i, j);
      const std::size_t mirrored = layout.index(i, mesh.ny - 1 - j);
      EXPECT_NEAR(m[k], m[mirrored], 1e-3);
      EXPECT_NEAR(m[k + size], -m[mirrored + size], 1e-3);
      EXPECT_NEAR(m[k + 2 * size], m[mirrored + 2 * size], 1e-3);
    }
  }
}

TEST(Drive, OfAPulseIsItsCurrentAndThenNone) {
  const Drive drive(Pulse{.current_density = -0.3e12, .duration = 3e-9, .relaxation = 2e-9});
  EXPECT_EQ(drive.current_density(0.0), -0.3e12);
  EXPECT_EQ(drive.current_density(2.999e-9), -0.3e12);
  EXPECT_EQ(drive.current_density(3e-9), 0.0);
  EXPECT_EQ(drive.current_density(5e-9), 0.0);
  EXPECT_EQ(drive.corners(), std::vector<double>{3e-9});
  EXPECT_EQ(drive.end(), 5e-9);
  EXPECT_EQ(drive.peak(), -0.3e12);
}

TEST(Drive, OfAPulseWithoutRestEndsAtItsCorner) {
  const Drive drive(Pulse{.current_density = 0.3e12, .duration = 3e-9, .relaxation = 0.0});
  EXPECT_EQ(drive.corners(), std::vector<double>{3e-9});
  EXPECT_EQ(drive.end(), 3e-9);
  EXPECT_EQ(drive.current_density(drive.end()), 0.0);
}

TEST(Drive, OfAPulseWithoutCurrentStillHasItsCorner) {
  const Drive drive(Pulse{.current_density = 0.0, .duration = 1e-9, .relaxation = 1e-9});
  EXPECT_EQ(drive.corners(), std::vector<double>{1e-9});
  EXPECT_EQ(drive.peak(), 0.0);
  EXPECT_EQ(drive.heat(2e-6, 1e-21), 0.0);
}

TEST(Drive, HeatsAConductorWithResistivityTimesSquareCurrentDensity) {
  const Drive drive(Pulse{.current_density = 1e12, .duration = 2e-9, .relaxation = 100e-9});
  EXPECT_DOUBLE_EQ(drive.heat(2e-6, 1e-21), 2e-6 * 1e24 * 1e-21 * 2e-9);
}

/// Positive, off, negative and stronger.
Drive three_pieces() {
  return {{{0.5e12, 20e-12}, {0.0, 30e-12}, {-1e12, 45e-12}}, 60e-12};
}

TEST(Drive, OfSeveralPiecesChangesAtEveryCorner) {
  const Drive drive = three_pieces();
  EXPECT_EQ(drive.corners(), (std::vector<double>{20e-12, 30e-12, 45e-12}));
  EXPECT_EQ(drive.current_density(19e-12), 0.5e12);
  EXPECT_EQ(drive.current_density(20e-12), 0.0);
  EXPECT_EQ(drive.current_density(30e-12), -1e12);
  EXPECT_EQ(drive.current_density(45e-12), 0.0);
  EXPECT_EQ(drive.end(), 60e-12);
}

TEST(Drive, OfSeveralPiecesPeaksWhereItsModulusIsLargest) {
  EXPECT_EQ(three_pieces().peak(), -1e12);
}

TEST(Drive, OfSeveralPiecesAddsTheirHeat) {
  EXPECT_DOUBLE_EQ(three_pieces().heat(1.0, 1.0), 0.25e24 * 20e-12 + 1e24 * 15e-12);
}

TEST(Drive, OfSeveralPiecesMakesTheIntegrationEndAStepOnEveryCorner) {
  const auto p = short_track();
  const auto mesh = make_mesh(p);
  LlgsSystem system(p.material, mesh, make_mask(p),
                    std::make_shared<DemagField>(mesh, p.material.saturation_magnetization));
  TimeIntegration integration(system, 1e-5);
  integration.set_magnetization(straight_wall(p));
  const Drive drive = three_pieces();
  std::vector<double> times;
  integration.observe([&] {
    times.push_back(integration.time());
    // The step that has just ended was taken under the current of its start.
    const double before = times.size() > 1 ? times[times.size() - 2] : 0.0;
    EXPECT_EQ(integration.state().current.at(before), drive.current_density(before)) << integration.time();
    return false;
  });
  advance(integration, drive, 25e-12);
  advance(integration, drive, drive.end());
  for (const double corner : {20e-12, 25e-12, 30e-12, 45e-12, 60e-12}) {
    EXPECT_TRUE(std::find(times.begin(), times.end(), corner) != times.end()) << corner;
  }
}

TEST(PulseEdge, OnASampleThatRoundingPutsBesideItCostsNoSteps) {
  auto p = short_track();
  p.initial_wall.relax = false;
  p.output = {.interval = 50e-12, .snapshots = 2};
  p.pulse.current_density = 0.3e12;
  p.pulse.relaxation = 50e-12;
  const auto steps_with = [&p](double duration) {
    p.pulse.duration = duration;
    Simulation simulation(p, std::make_shared<DemagField>(make_mesh(p), p.material.saturation_magnetization),
                          straight_wall(p));
    EXPECT_EQ(simulation.run().conductance.size(), 9U);
    return simulation.state().integration.stepper.counts.steps;
  };
  ASSERT_LT(0.35e-9, 7 * 50e-12);
  EXPECT_LE(std::abs(steps_with(0.35e-9) - steps_with(7 * 50e-12)), 2);
}

}  // namespace
}  // namespace spinsweep::device
