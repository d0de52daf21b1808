#include "retention/losses.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <memory>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "device/demag_cache.hpp"
#include "device/film.hpp"
#include "device/kind.hpp"
#include "device/readout.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/minimization.hpp"
#include "micromagnetics/newell.hpp"

namespace spinsweep::retention {
namespace {

using micromagnetics::LlgsSystem;

constexpr std::size_t most_images = 300;

device::DeviceParameters synapse() {
  device::DeviceParameters p;
  for (const device::Kind* kind : device::kinds()) {
    if (kind->derives == device::Derived::levels) {
      p = kind->defaults();
    }
  }
  return p;
}

/// A track with its demagnetising field and DMI.
class Losses : public testing::Test {
 protected:
  Losses() {
    p_.track = {.length = 160e-9, .width = 40e-9, .thickness = 2e-9, .cell = 5e-9};
    p_.notches = {.count = 1, .diameter = 20e-9, .first = 60e-9, .pitch = 60e-9};
  }

  [[nodiscard]] LlgsSystem system() { return {device::make_film(p_), cache_.get(p_)}; }

  std::array<Loss, 2> find(LlgsSystem& system) {
    return find_losses(system, p_, find_wells(system, p_, [] {}), false, most_images, [] {});
  }

  device::DeviceParameters p_ = synapse();
  device::DemagCache cache_;
};

TEST_F(Losses, LeadFromTheWellToTheTrackWithoutAWallWhichThenHasOneDomainAlone) {
  LlgsSystem film = system();
  const auto [left, right] = find(film);
  ASSERT_EQ(left.kind, LossPath::found);
  ASSERT_EQ(right.kind, LossPath::found);
  // A wall that leaves over the left end leaves the domain that points up, which the junction reads as antiparallel.
  EXPECT_NEAR(left.conductance, device::track_conductance(1.0, p_.mtj), 1e-2 * left.conductance);
  EXPECT_NEAR(right.conductance, device::track_conductance(-1.0, p_.mtj), 1e-2 * right.conductance);
  EXPECT_FALSE(has_wall(film, left.path.images.front()));
  EXPECT_TRUE(has_wall(film, left.path.images.back()));
  EXPECT_TRUE(has_wall(film, right.path.images.front()));
  EXPECT_FALSE(has_wall(film, right.path.images.back()));
  EXPECT_EQ(left.barrier, left.path.barrier_back());
  EXPECT_EQ(right.barrier, right.path.barrier_forth());
  EXPECT_GT(left.barrier, 0.0);
}

TEST_F(Losses, OfAMirroredTrackAreThoseOverTheOtherEnd) {
  LlgsSystem film = system();
  const auto here = find(film);
  p_.notches.first = 100e-9;
  LlgsSystem mirrored_film = system();
  const auto mirrored = find(mirrored_film);
  EXPECT_GT(std::abs(here[0].barrier - here[1].barrier), 1e-3 * here[0].barrier);
  for (std::size_t end = 0; end < 2; ++end) {
    EXPECT_NEAR(mirrored[end].barrier, here[1 - end].barrier, 1e-6 * mirrored[end].barrier);
  }
}

TEST_F(Losses, OfATrackThatIsItsOwnMirrorImageAreFoundFromOneOfThem) {
  p_.notches.first = 80e-9;
  LlgsSystem film = system();
  const std::vector<Well> wells = find_wells(film, p_, [] {});
  const auto [left, right] = find_losses(film, p_, wells, true, most_images, [] {});
  const auto searched = find(film);
  EXPECT_EQ(right.barrier, left.barrier);
  EXPECT_NEAR(searched[1].barrier, left.barrier, 1e-6 * left.barrier);
  EXPECT_NEAR(right.conductance, searched[1].conductance, 1e-9 * right.conductance);
}

TEST_F(Losses, ThatCannotBeFoundFailForTheirEndAlone) {
  LlgsSystem film = system();
  const std::vector<Well> wells = find_wells(film, p_, [] {});
  const auto [left, right] = find_losses(film, p_, wells, false, 2, [] {});
  EXPECT_EQ(left.kind, LossPath::failed);
  EXPECT_EQ(right.kind, LossPath::failed);
  EXPECT_THAT(left.reason, testing::HasSubstr("2 images"));
}

TEST_F(Losses, AreNotLookedForFurtherOnceTheRunStops) {
  LlgsSystem film = system();
  const std::vector<Well> wells = find_wells(film, p_, [] {});
  const auto stop = [] { throw SimulationError("the time limit"); };
  EXPECT_THROW((void)find_losses(film, p_, wells, false, most_images, stop), SimulationError);
}

TEST_F(Losses, AreNoneWhereTheTrackWithoutAWallIsNotStable) {
  // Beyond the anisotropy field the track that points up turns down.
  const micromagnetics::Material& material = p_.material;
  p_.applied_field.z =
      -2.5 * material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization);
  p_.notches.count = 0;
  LlgsSystem film = system();
  film.set_applied_field({0.0, 0.0, p_.applied_field.z});
  Well down{.position = p_.track.length, .m = wall_at(p_, 2.0 * p_.track.length)};
  const auto losses = find_losses(film, p_, {down}, false, most_images, [] {});
  EXPECT_EQ(losses[0].kind, LossPath::none);
}

/// Without demagnetising field and DMI a wall of the energy sigma = 4 sqrt(A K) for each of its area.
class LossesOfAWallWithATensionAlone : public testing::Test {
 protected:
  LossesOfAWallWithATensionAlone() {
    p_.track = {.length = 240e-9, .width = 120e-9, .thickness = 2e-9, .cell = 4e-9};
    p_.notches = {.count = 1, .diameter = 64e-9, .first = 120e-9, .pitch = 0.0};
    p_.material.anisotropy = 2.5e5;
    p_.material.dmi = 0.0;
    p_.initial_wall.width = std::sqrt(p_.material.exchange_stiffness / p_.material.anisotropy);
  }

  [[nodiscard]] double tension() const {
    return 4.0 * std::sqrt(p_.material.exchange_stiffness * p_.material.anisotropy) * p_.track.thickness;
  }

  [[nodiscard]] LlgsSystem system() const {
    const micromagnetics::Mesh mesh = device::make_mesh(p_);
    const auto no_tensor = [](const std::array<double, 3>& /*size*/, double /*x*/, double /*y*/) {
      return micromagnetics::DemagTensor{};
    };
    return LlgsSystem(
        p_.material, mesh, device::make_mask(p_),
        std::make_shared<micromagnetics::DemagField>(mesh, p_.material.saturation_magnetization,
                                                     micromagnetics::RowDecomposition(mesh.ny), no_tensor));
  }

  device::DeviceParameters p_ = synapse();
};

TEST_F(LossesOfAWallWithATensionAlone, HaveTheBarrierOfTheAreaThatANotchSaves) {
  // sigma t (w - w_notch), as between notches: the end does not repel the wall.
  LlgsSystem film = system();
  const auto losses = find_losses(film, p_, find_wells(film, p_, [] {}), false, most_images, [] {});
  ASSERT_EQ(losses[0].kind, LossPath::found);
  EXPECT_NEAR(losses[0].barrier / (tension() * p_.notches.diameter), 1.0, 0.02);
  EXPECT_NEAR(losses[1].barrier, losses[0].barrier, 1e-6 * losses[0].barrier);
}

TEST_F(LossesOfAWallWithATensionAlone, HaveNoBarrierWithoutANotchForTheEndExpelsTheWall) {
  p_.notches.count = 0;
  LlgsSystem film = system();
  std::vector<double> m = wall_at(p_, 120e-9);
  const double of_wall = micromagnetics::total_energy(film.energies(m));
  m = wall_at(p_, 1.5 * p_.initial_wall.width);
  const micromagnetics::Minimum minimum = minimize_energy(film, {.tolerance = 1e-6}, m);
  ASSERT_TRUE(minimum.converged);
  EXPECT_FALSE(has_wall(film, m));
  EXPECT_NEAR(of_wall - minimum.energy, tension() * p_.track.width, 0.02 * tension() * p_.track.width);
}

}  // namespace
}  // namespace spinsweep::retention
