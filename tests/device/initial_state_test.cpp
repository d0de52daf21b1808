#include "device/initial_state.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numeric>

#include "device/readout.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::device {
namespace {

DeviceParameters short_track() {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = 180e-9, .width = 30e-9, .thickness = 2e-9, .cell = 3e-9};
  p.notches = {.count = 1, .diameter = 12e-9, .first = 120e-9, .pitch = {}};
  p.initial_wall = {.position = 60e-9, .width = 10e-9, .relax = true};
  return p;
}

/// m averaged over the columns around the place where m_z changes sign.
micromagnetics::Vector3 at_wall(const DeviceParameters& p, std::span<const double> m) {
  const auto mesh = make_mesh(p);
  const micromagnetics::FieldLayout layout(mesh);
  const std::size_t size = layout.component_size();
  const int j = mesh.ny / 2;
  for (int i = 0; i + 1 < mesh.nx; ++i) {
    const std::size_t k = layout.index(i, j);
    if (m[k + 2 * size] < 0.0 && m[k + 1 + 2 * size] >= 0.0) {
      return 0.5 * micromagnetics::Vector3{m[k] + m[k + 1], m[k + size] + m[k + 1 + size],
                                           m[k + 2 * size] + m[k + 1 + 2 * size]};
    }
  }
  ADD_FAILURE() << "there is no wall";
  return {};
}

TEST(StraightWall, IsDownOnTheLeftUpOnTheRightAndAUnitVectorOutsideTheNotches) {
  const auto p = short_track();
  const auto mesh = make_mesh(p);
  const auto mask = make_mask(p);
  const micromagnetics::FieldLayout layout(mesh);
  const std::size_t size = layout.component_size();
  const auto m = straight_wall(p);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const std::size_t k = layout.index(i, j);
      const double length = std::hypot(m[k], m[k + size], m[k + 2 * size]);
      EXPECT_NEAR(length, mask[static_cast<std::size_t>(j * mesh.nx + i)] != 0 ? 1.0 : 0.0, 1e-14);
    }
  }
  EXPECT_NEAR(m[layout.index(0, 5) + 2 * size], -1.0, 1e-4);
  EXPECT_NEAR(m[layout.index(mesh.nx - 1, 5) + 2 * size], 1.0, 1e-4);
}

TEST(StraightWall, PointsAlongXAsTheSignOfTheDmiHasItAndAlongYWithoutDmi) {
  auto p = short_track();
  p.material.dmi = 1e-3;
  EXPECT_GT(at_wall(p, straight_wall(p)).x, 0.95);
  p.material.dmi = -1e-3;
  EXPECT_LT(at_wall(p, straight_wall(p)).x, -0.95);
  p.material.dmi = 0.0;
  EXPECT_GT(at_wall(p, straight_wall(p)).y, 0.95);
  EXPECT_EQ(at_wall(p, straight_wall(p)).x, 0.0);
}

TEST(StraightWall, CanBeTiltedAboutItsPlaceOnTheMiddleLine) {
  auto p = short_track();
  p.notches = {};
  p.initial_wall.position = 90e-9;
  p.initial_wall.tilt = 0.5;
  const auto mesh = make_mesh(p);
  const micromagnetics::FieldLayout layout(mesh);
  const std::size_t size = layout.component_size();
  const auto m = straight_wall(p);
  const double dx = std::cos(0.5);
  const double dy = -std::sin(0.5);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const double along_normal = dx * (mesh.x(i) - 90e-9) + dy * (mesh.y(j) - 15e-9);
      const std::size_t k = layout.index(i, j);
      EXPECT_NEAR(m[k + 2 * size], std::tanh(along_normal / 10e-9), 1e-12);
      // A Neel wall for either sign of the DMI, along its own normal.
      EXPECT_NEAR(dy * m[k] - dx * m[k + size], 0.0, 1e-12);
      EXPECT_GT(dx * m[k] + dy * m[k + size], 0.0);
    }
  }
  p.initial_wall.tilt = 0.0;
  const auto straight = straight_wall(p);
  EXPECT_NEAR(straight[layout.index(29, 0) + 2 * size], straight[layout.index(29, 9) + 2 * size], 1e-15);
}

TEST(StraightWall, MayBeOneOfSeveralBetweenWhichTheDomainsAlternate) {
  auto p = short_track();
  p.notches = {};
  const auto mesh = make_mesh(p);
  const auto mask = make_mask(p);
  const micromagnetics::FieldLayout layout(mesh);
  const std::size_t size = layout.component_size();
  for (const WallKind polarity : {WallKind::down_up, WallKind::up_down}) {
    p.initial_wall.polarity = polarity;
    p.initial_wall.list = {{.x = 130e-9}, {.x = 30e-9}, {.x = 80e-9, .tilt = 0.2}};
    const auto m = straight_wall(p);
    EXPECT_EQ(wall_count(mesh, mask, m), 3.0);
    const double first = polarity == WallKind::down_up ? -1.0 : 1.0;
    EXPECT_NEAR(m[layout.index(0, 5) + 2 * size], first, 0.01);
    EXPECT_NEAR(m[layout.index(18, 5) + 2 * size], -first, 0.02);
    EXPECT_NEAR(m[layout.index(35, 5) + 2 * size], first, 0.02);
    EXPECT_NEAR(m[layout.index(59, 5) + 2 * size], -first, 0.01);
    // All of the chirality that the DMI favours: along the gradient of m_z.
    for (const int i : {10, 43}) {
      EXPECT_GT(m[layout.index(i, 5)] * (m[layout.index(i + 1, 5) + 2 * size] - m[layout.index(i - 1, 5) + 2 * size]),
                0.0);
    }
    p.initial_wall.list = {{.x = 60e-9}, {.x = 120e-9}};
    EXPECT_EQ(wall_count(mesh, mask, straight_wall(p)), 2.0);
  }
}

TEST(StraightWall, OfAListOfOneIsThatOfThePosition) {
  auto p = short_track();
  const auto expected = straight_wall(p);
  p.initial_wall.list = {{.x = 60e-9}};
  p.initial_wall.position = 150e-9;
  EXPECT_EQ(straight_wall(p), expected);
  EXPECT_EQ(initial_wall_position(p), 60e-9);
  EXPECT_EQ(with_straight_wall_at(p, 90e-9).initial_wall.list.size(), 0U);
}

std::vector<double> relaxed(const DeviceParameters& p) {
  return initial_state(p, std::make_shared<micromagnetics::DemagField>(make_mesh(p), 1.1e6));
}

TEST(RelaxedWall, KeepsTheChiralityThatTheDmiFavours) {
  auto p = short_track();
  for (const double dmi : {1e-3, -1e-3}) {
    p.material.dmi = dmi;
    EXPECT_GT(at_wall(p, relaxed(p)).x * std::copysign(1.0, dmi), 0.95) << dmi;
  }
}

TEST(RelaxedWall, OfTheOppositeDmiIsTheMirrorImage) {
  // Turning every moment by pi about z changes the sign of D and nothing else.
  auto p = short_track();
  p.material.dmi = 1e-3;
  const auto positive = relaxed(p);
  p.material.dmi = -1e-3;
  const auto negative = relaxed(p);
  const std::size_t size = positive.size() / 3;
  for (std::size_t k = 0; k < size; ++k) {
    EXPECT_NEAR(positive[k], -negative[k], 1e-9);
    EXPECT_NEAR(positive[k + size], -negative[k + size], 1e-9);
    EXPECT_NEAR(positive[k + 2 * size], negative[k + 2 * size], 1e-9);
  }
}

TEST(RelaxedWall, WithoutDmiIsABlochWallInAWideTrack) {
  auto p = short_track();
  p.track.width = 60e-9;
  p.material.dmi = 0.0;
  const auto centre = at_wall(p, relaxed(p));
  EXPECT_GT(std::abs(centre.y), 0.95);
}

TEST(RelaxedWall, OfWeakDmiIsNeitherBlochNorNeel) {
  auto p = short_track();
  p.track.width = 60e-9;
  double previous = 0.0;
  for (const double dmi : {0.3e-4, 0.6e-4, 1.0e-4}) {
    p.material.dmi = dmi;
    const auto centre = at_wall(p, relaxed(p));
    EXPECT_GT(centre.x, previous + 0.1) << dmi;
    EXPECT_LT(centre.x, 0.97) << dmi;
    EXPECT_GT(centre.y, 0.2) << dmi;
    p.material.dmi = -dmi;
    const auto mirrored = at_wall(p, relaxed(p));
    EXPECT_NEAR(mirrored.x, -centre.x, 1e-9);
    EXPECT_NEAR(mirrored.y, -centre.y, 1e-9);
    previous = centre.x;
  }
}

TEST(RelaxedWall, OfWeakDmiHasALowerEnergyThanTheNeelAndTheBlochWall) {
  auto p = short_track();
  p.track.width = 60e-9;
  p.material.dmi = 0.6e-4;
  const auto mesh = make_mesh(p);
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, p.material.saturation_magnetization);
  micromagnetics::LlgsSystem system(p.material, mesh, make_mask(p), demag);
  const auto energy = [&](const std::vector<double>& m) {
    const auto terms = system.energies(m);
    return std::accumulate(terms.begin(), terms.end(), 0.0);
  };
  const double mixed = energy(relaxed(p));
  for (const double other_dmi : {0.0, 1e-3}) {
    auto other = p;
    other.material.dmi = other_dmi;
    EXPECT_LT(mixed, energy(relaxed(other)));
  }
}

TEST(RelaxedWall, HasALowerEnergyThanTheStraightOne) {
  const auto p = short_track();
  const auto mesh = make_mesh(p);
  micromagnetics::LlgsSystem system(p.material, mesh, make_mask(p),
                                    std::make_shared<micromagnetics::DemagField>(mesh, 1.1e6));
  const auto total = [&](const std::vector<double>& m) {
    double sum = 0.0;
    for (const double term : system.energies(m)) {
      sum += term;
    }
    return sum;
  };
  EXPECT_LT(total(relaxed(p)), total(straight_wall(p)));
}

TEST(InitialState, IsTheStraightWallItselfIfItIsNotToBeRelaxed) {
  auto p = short_track();
  p.initial_wall.relax = false;
  EXPECT_EQ(relaxed(p), straight_wall(p));
}

TEST(InitialState, PassesOnWhatEndsTheRelaxation) {
  const auto p = short_track();
  EXPECT_THROW((void)initial_state(p, std::make_shared<micromagnetics::DemagField>(make_mesh(p), 1.1e6),
                                   {.after_step = [](double /*time*/) { throw std::runtime_error("enough"); }}),
               std::runtime_error);
}

TEST(InitialState, DoesNotDependOnWhatHappensAfterwards) {
  const auto p = short_track();
  auto other = p;
  other.pulse = {.current_density = 2e12, .duration = 1e-9, .relaxation = 3e-9};
  other.mtj = {.resistance_parallel = 1.0, .resistance_antiparallel = 2.0};
  other.output = {.interval = 1e-12, .snapshots = 3};
  other.material.damping = 0.02;
  other.material.spin_hall_angle = -0.1;
  other.material.field_like_ratio = 0.7;
  other.material.temperature = 300.0;
  other.thermal = {.realization = 4, .seed = 5};
  EXPECT_EQ(relaxed(other), relaxed(p));
}

}  // namespace
}  // namespace spinsweep::device
