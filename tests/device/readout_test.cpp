#include "device/readout.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "device/film.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

constexpr TunnelJunction mtj{.resistance_parallel = 5e3, .resistance_antiparallel = 10e3};

/// A track of 2 nm cells with a detector from 40 to 80 nm.
DeviceParameters small_neuron() {
  DeviceParameters parameters = kind_of<Neuron>.defaults();
  parameters.track = {.length = 120e-9, .width = 20e-9, .thickness = 2e-9, .cell = 2e-9};
  parameters.window = {.from = 40e-9, .to = 80e-9};
  parameters.initial_wall = {.position = 60e-9, .width = 5e-9, .relax = false};
  return parameters;
}

double neuron_conductance(const DeviceParameters& parameters, std::span<const double> m) {
  const micromagnetics::Mesh mesh = make_mesh(parameters);
  return parameters.kind->conductance(parameters,
                                      {mesh, micromagnetics::RowDecomposition(mesh.ny), make_mask(parameters), m, {}});
}

std::vector<double> uniform(const DeviceParameters& parameters, double mx, double mz) {
  const auto mesh = make_mesh(parameters);
  const micromagnetics::FieldLayout layout(mesh);
  std::vector<double> m(layout.size(), 0.0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      m[layout.index(i, j)] = mx;
      m[layout.index(i, j) + 2 * layout.component_size()] = mz;
    }
  }
  return m;
}

TEST(NeuronConductance, IsParallelDownAntiparallelUpAndTheirMeanInThePlane) {
  // The pinned layer points to -z.
  const auto p = small_neuron();
  EXPECT_NEAR(neuron_conductance(p, uniform(p, 0.0, -1.0)), 1.0 / 5e3, 1e-15);
  EXPECT_NEAR(neuron_conductance(p, uniform(p, 0.0, 1.0)), 1.0 / 10e3, 1e-15);
  EXPECT_NEAR(neuron_conductance(p, uniform(p, 1.0, 0.0)), 0.5 / 5e3 + 0.5 / 10e3, 1e-15);
}

TEST(NeuronConductance, FollowsTheSquaredCosineOfHalfTheAngle) {
  const auto p = small_neuron();
  for (const double theta : {0.1, 0.7, 1.3, 2.9}) {
    const double wanted = std::pow(std::cos(theta / 2), 2) / 5e3 + std::pow(std::sin(theta / 2), 2) / 10e3;
    EXPECT_NEAR(neuron_conductance(p, uniform(p, std::sin(theta), -std::cos(theta))), wanted, 1e-15);
  }
}

TEST(NeuronConductance, GrowsAsTheWallPassesTheDetectorAndOnlyThere) {
  auto p = small_neuron();
  double before = 0.0;
  for (int nm = 20; nm <= 100; nm += 4) {
    p.initial_wall.position = nm * 1e-9;
    const double now = neuron_conductance(p, straight_wall(p));
    EXPECT_GE(now, before);
    if (nm > 40 && nm <= 80) {
      EXPECT_GT(now, before + 1e-6) << nm;
    }
    before = now;
  }
  p.initial_wall.position = 10e-9;
  EXPECT_NEAR(neuron_conductance(p, straight_wall(p)), 1.0 / 10e3, 1e-9);
  p.initial_wall.position = 110e-9;
  EXPECT_NEAR(neuron_conductance(p, straight_wall(p)), 1.0 / 5e3, 1e-9);
}

TEST(NeuronConductance, CountsCellsThatASmoothEdgeCutsByTheirShare) {
  auto p = small_neuron();
  p.track.edge = Edge::smooth;
  // The upper edge is half a cell lower on the right of the middle of the window.
  p.track.width = 20e-9;
  p.track.width_end = 18e-9;
  p.track.width_profile = WidthProfile::step;
  p.track.width_step = 60e-9;
  p.initial_wall = {.position = 60e-9, .width = 1e-12, .relax = false};
  micromagnetics::LlgsSystem system(make_film(p), std::make_shared<micromagnetics::DemagField>(make_mesh(p), 1.1e6));
  // Down on 20 x 20 nm, up on 20 x 18 nm.
  const double down = 20.0 / 38.0;
  EXPECT_NEAR(p.kind->conductance(p, read_out(system, straight_wall(p))), down / 5e3 + (1.0 - down) / 10e3, 1e-15);
}

TEST(NeuronConductance, IsThatOfTheMagneticCellsOnly) {
  auto p = small_neuron();
  p.notches = {.count = 1, .diameter = 10e-9, .first = 60e-9, .pitch = {}};
  auto m = uniform(p, 0.0, -1.0);
  const auto mesh = make_mesh(p);
  const auto mask = make_mask(p);
  const micromagnetics::FieldLayout layout(mesh);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      if (mask[static_cast<std::size_t>(j * mesh.nx + i)] == 0) {
        m[layout.index(i, j) + 2 * layout.component_size()] = 0.0;
      }
    }
  }
  EXPECT_NEAR(neuron_conductance(p, m), 1.0 / 5e3, 1e-15);
}

TEST(NeuronConductance, DoesNotFeelWhatLiesOutsideTheDetector) {
  const auto p = small_neuron();
  auto m = uniform(p, 0.0, -1.0);
  const auto mesh = make_mesh(p);
  const micromagnetics::FieldLayout layout(mesh);
  for (int j = 0; j < mesh.ny; ++j) {
    for (const int i : {0, 19, 40, 59}) {  // centres at 1, 39, 81 and 119 nm
      m[layout.index(i, j) + 2 * layout.component_size()] = 1.0;
    }
  }
  EXPECT_NEAR(neuron_conductance(p, m), 1.0 / 5e3, 1e-15);
}

TEST(SynapseConductance, GoesFromAntiparallelUpToParallelDownWithALinearResistance) {
  EXPECT_DOUBLE_EQ(track_conductance(1.0, mtj), 1.0 / 10e3);
  EXPECT_DOUBLE_EQ(track_conductance(-1.0, mtj), 1.0 / 5e3);
  EXPECT_DOUBLE_EQ(1.0 / track_conductance(0.0, mtj), 7.5e3);
  EXPECT_DOUBLE_EQ(1.0 / track_conductance(0.5, mtj), 8.75e3);
  for (double mz = -1.0; mz < 0.95; mz += 0.1) {
    EXPECT_GT(track_conductance(mz, mtj), track_conductance(mz + 0.1, mtj));
  }
}

TEST(WallPosition, RunsFromTheLeftEndToTheRight) {
  const auto p = small_neuron();
  const double length = p.track.length;
  EXPECT_DOUBLE_EQ(wall_position(p, 1.0), 0.0);
  EXPECT_DOUBLE_EQ(wall_position(p, -1.0), length);
  EXPECT_DOUBLE_EQ(wall_position(p, 0.5), 0.25 * length);
}

TEST(WallPosition, OfAStraightWallIsWhereItWasPut) {
  auto p = small_neuron();
  for (const double position : {30e-9, 45e-9, 60e-9, 77e-9}) {
    p.initial_wall.position = position;
    const auto mesh = make_mesh(p);
    micromagnetics::LlgsSystem system(p.material, mesh, make_mask(p),
                                      std::make_shared<micromagnetics::DemagField>(mesh, 1.1e6));
    const double mz = system.mean_magnetization(straight_wall(p)).z;
    EXPECT_NEAR(wall_position(p, mz), position, 0.02e-9);
  }
}

TEST(Conductance, IsReadAsTheDeviceReadsIt) {
  auto p = small_neuron();
  const auto mesh = make_mesh(p);
  micromagnetics::LlgsSystem system(p.material, mesh, make_mask(p),
                                    std::make_shared<micromagnetics::DemagField>(mesh, 1.1e6));
  const auto m = straight_wall(p);
  EXPECT_EQ(p.kind->conductance(p, read_out(system, m)), neuron_conductance(p, m));
  p.kind = &kind_of<Synapse>;
  EXPECT_EQ(p.kind->conductance(p, read_out(system, m)), track_conductance(system.mean_magnetization(m).z, mtj));
}

TEST(WallPosition, IsThatOfTheWallWhicheverWayRoundItIs) {
  DeviceParameters parameters = small_neuron();
  for (const double position : {20e-9, 60e-9, 95e-9}) {
    parameters.initial_wall.position = position;
    const auto mesh = make_mesh(parameters);
    std::vector<double> m = straight_wall(parameters);
    EXPECT_EQ(wall_kind(mesh, m), WallKind::down_up);
    for (double& component : m) {
      component = -component;
    }
    EXPECT_EQ(wall_kind(mesh, m), WallKind::up_down);
    parameters.pulse = {.current_density = 0.0, .duration = 1e-13, .relaxation = 0.0};
    parameters.output = {.interval = 1e-13, .snapshots = 2};
    const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, parameters.material.saturation_magnetization);
    Simulation reversed(parameters, demag, m);
    EXPECT_NEAR(reversed.run().wall_position.front(), position, 1e-9);
  }
}

TEST(Detector, HasTheSameColumnsInAMirrorImage) {
  for (const double cell : {0.7e-9, 1e-9, 3e-9, 5e-9}) {
    const int columns = 60;
    for (int from = 0; from < 2 * columns; ++from) {
      for (int to = from + 1; to <= 2 * columns; ++to) {
        const Window window{.from = 0.5 * from * cell, .to = 0.5 * to * cell};
        const Window mirror{.from = columns * cell - window.to, .to = columns * cell - window.from};
        for (int i = 0; i < columns; ++i) {
          ASSERT_EQ(has_column(window, cell, i), 2 * i + 1 > from && 2 * i + 1 < to);
          ASSERT_EQ(has_column(mirror, cell, columns - 1 - i), has_column(window, cell, i));
        }
      }
    }
  }
}

TEST(WallCount, IsThatOfTheChangesBetweenDomains) {
  const DeviceParameters parameters = small_neuron();
  const auto mesh = make_mesh(parameters);
  const auto mask = make_mask(parameters);
  const micromagnetics::FieldLayout layout(mesh);
  EXPECT_EQ(wall_count(mesh, mask, straight_wall(parameters)), 1.0);
  EXPECT_EQ(wall_count(mesh, mask, uniform(parameters, 0.0, -1.0)), 0.0);
  EXPECT_TRUE(std::isnan(wall_crossing(mesh, mask, uniform(parameters, 0.0, -1.0))));
  EXPECT_TRUE(std::isnan(wall_count(mesh, mask, uniform(parameters, 1.0, 0.0))));
  std::vector<double> m = straight_wall(parameters);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < 6; ++i) {
      m[layout.index(i, j) + 2 * layout.component_size()] *= -1.0;
    }
  }
  EXPECT_EQ(wall_count(mesh, mask, m), 2.0);
  EXPECT_FALSE(is_of_one_wall(2.0));
  EXPECT_FALSE(is_of_one_wall(wall_count(mesh, mask, uniform(parameters, 1.0, 0.0))));
  EXPECT_EQ(describe_walls(2.0), "2 walls");
  EXPECT_TRUE(std::isnan(wall_crossing(mesh, mask, m)));
}

TEST(WallCrossing, IsWhereTheWallIsWhenDomainsAreTiltedTooAndForEitherPolarity) {
  DeviceParameters parameters = small_neuron();
  const auto mesh = make_mesh(parameters);
  const auto mask = make_mask(parameters);
  const micromagnetics::FieldLayout layout(mesh);
  const std::size_t size = layout.component_size();
  for (const WallKind polarity : {WallKind::down_up, WallKind::up_down}) {
    parameters.initial_wall.polarity = polarity;
    parameters.initial_wall.position = 40e-9;
    std::vector<double> m = straight_wall(parameters);
    const double place = initial_wall_position(parameters);
    EXPECT_NEAR(wall_crossing(mesh, mask, m), place, 0.05 * mesh.dx);
    // Domains tilted by a current: m_z shrinks by the same factor on both sides.
    for (std::size_t k = 0; k < size; ++k) {
      m[2 * size + k] *= 0.8;
    }
    EXPECT_NEAR(wall_crossing(mesh, mask, m), place, 0.05 * mesh.dx);
    double sum = 0.0;
    double cells = 0.0;
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const std::size_t k = layout.index(i, j);
        sum += m[2 * size + k];
        cells += m[2 * size + k] != 0.0 ? 1.0 : 0.0;
      }
    }
    EXPECT_GT(std::abs(wall_position(parameters, sum / cells, polarity) - place), mesh.dx);
  }
}

}  // namespace
}  // namespace spinsweep::device
