#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "device/film.hpp"
#include "device/parameters.hpp"
#include "device/random_film.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/sample.hpp"

namespace spinsweep::device {
namespace {

using micromagnetics::MaterialMaps;

DeviceParameters plain() {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = 600e-9, .width = 90e-9, .thickness = 2e-9, .cell = 3e-9};
  p.notches.count = 0;
  p.disorder.seed = 11;
  return p;
}

DeviceParameters with_grains() {
  DeviceParameters p = plain();
  p.disorder.grains = {.size = 20e-9, .anisotropy_spread = 0.1, .axis_spread = 0.05, .exchange = 0.7};
  return p;
}

TEST(EdgeRoughness, IsAnOrnsteinUhlenbeckProcessOnEachEdge) {
  DeviceParameters p = plain();
  p.disorder.roughness = {.deviation = 2e-9, .correlation_length = 30e-9};
  const double unit = 0.5 * p.track.cell / static_cast<double>(grid_units_per_half_cell);
  tests::Sample square;
  tests::Sample lagged;
  tests::Sample across;
  constexpr std::size_t lag = 10;
  for (p.disorder.realization = 0; p.disorder.realization < 4000; ++p.disorder.realization) {
    const auto lower = edge_displacements(p, NotchSide::lower);
    const auto upper = edge_displacements(p, NotchSide::upper);
    ASSERT_EQ(lower.size(), 200U);
    const auto at = [&](const auto& edge, std::size_t i) { return static_cast<double>(edge[i]) * unit / 2e-9; };
    square.add(at(lower, 150) * at(lower, 150));
    lagged.add(at(lower, 100) * at(lower, 100 + lag));
    across.add(at(lower, 70) * at(upper, 70));
  }
  // Cut off at three standard deviations, the variance is 0.9973 less 6 phi(3), plus 9 times the rest.
  EXPECT_NEAR(square.mean(), 0.995, tests::four_errors * square.error());
  EXPECT_NEAR(lagged.mean(), std::exp(-static_cast<double>(lag) * 3e-9 / 30e-9), tests::four_errors * lagged.error());
  EXPECT_NEAR(across.mean(), 0.0, tests::four_errors * across.error());
}

TEST(EdgeRoughness, MovesTheEdgesOfTheMaskByItsDisplacements) {
  DeviceParameters p = plain();
  p.disorder.roughness = {.deviation = 4e-9, .correlation_length = 30e-9};
  const auto mesh = make_mesh(p);
  EXPECT_EQ(mesh.ny, 38) << "12 nm more on either side";
  const auto mask = make_mask(p);
  const auto lower = edge_displacements(p, NotchSide::lower);
  const auto upper = edge_displacements(p, NotchSide::upper);
  std::set<std::int64_t> widths;
  for (int i = 0; i < mesh.nx; ++i) {
    const auto column = static_cast<std::size_t>(i);
    std::int64_t magnetic = 0;
    for (int j = 0; j < mesh.ny; ++j) {
      magnetic += mask[static_cast<std::size_t>(j * mesh.nx + i)];
    }
    const double width = 30.0 + static_cast<double>(lower[column] + upper[column]) / (2.0 * grid_units_per_half_cell);
    EXPECT_NEAR(static_cast<double>(magnetic), width, 1.0) << i;
    widths.insert(magnetic);
  }
  EXPECT_GT(widths.size(), 3U);
}

TEST(EdgeRoughness, OfALongerTrackBeginsAsThatOfTheShorterOne) {
  DeviceParameters p = plain();
  p.disorder.roughness.deviation = 2e-9;
  const auto edge = edge_displacements(p, NotchSide::upper);
  p.track.length = 900e-9;
  const auto longer = edge_displacements(p, NotchSide::upper);
  EXPECT_TRUE(std::equal(edge.begin(), edge.end(), longer.begin()));
}

TEST(Grains, AreTheVoronoiCellsOfOnePointForEachSquareOfTheirSize) {
  tests::Sample count;
  for (int realization = 0; realization < 200; ++realization) {
    Disorder disorder;
    disorder.realization = realization;
    const RandomFilm random(disorder);
    const Area area{0.0, 400e-9, -20e-9, 180e-9};
    const auto points = random_points(random, RandomFilm::Use::grain_count, RandomFilm::Use::grain_place, 20e-9, area);
    count.add(static_cast<double>(std::ranges::count_if(points, [&](const RandomPoint& p) {
      return p.x >= area.left && p.x < area.right && p.y >= area.lower && p.y < area.upper;
    })));
    if (realization == 0) {
      const auto nearest = nearest_points(points, 20e-9, 80, 40, 5e-9, area.lower);
      for (int j = 0; j < 40; ++j) {
        for (int i = 0; i < 80; ++i) {
          const double x = (i + 0.5) * 5e-9;
          const double y = area.lower + (j + 0.5) * 5e-9;
          const auto closest =
              std::ranges::min_element(points, {}, [&](const RandomPoint& p) { return std::hypot(p.x - x, p.y - y); });
          ASSERT_EQ(nearest[static_cast<std::size_t>(j * 80 + i)], static_cast<std::size_t>(closest - points.begin()));
        }
      }
    }
  }
  EXPECT_NEAR(count.mean(), 400.0 * 200.0 / 400.0, tests::four_errors * count.error());
  EXPECT_NEAR(count.error() * std::sqrt(200.0), std::sqrt(200.0), 0.2 * std::sqrt(200.0)) << "not Poisson's";
}

TEST(Grains, HaveAnisotropiesAndAxesOfTheirOwnAndAreCoupledLess) {
  DeviceParameters p = with_grains();
  tests::Sample factor;
  tests::Sample tilt;
  for (p.disorder.realization = 0; p.disorder.realization < 300; ++p.disorder.realization) {
    const auto maps = make_material_maps(p);
    const std::size_t cell = 40 + 17 * static_cast<std::size_t>(make_mesh(p).nx);
    factor.add(std::pow(maps->anisotropy[cell] / p.material.anisotropy - 1.0, 2));
    tilt.add(std::pow(maps->axis_x[cell] / maps->axis_z[cell], 2));
    ASSERT_NEAR(std::hypot(maps->axis_x[cell], maps->axis_y[cell], maps->axis_z[cell]), 1.0, 1e-14);
  }
  EXPECT_NEAR(factor.mean(), 0.1 * 0.1, tests::four_errors * factor.error());
  EXPECT_NEAR(tilt.mean(), 0.05 * 0.05, tests::four_errors * tilt.error());
  const auto maps = make_material_maps(p);
  const int nx = make_mesh(p).nx;
  int borders = 0;
  for (std::size_t cell = 0; cell + 1 < maps->anisotropy.size(); ++cell) {
    if ((cell + 1) % static_cast<std::size_t>(nx) != 0) {
      const bool same = maps->anisotropy[cell] == maps->anisotropy[cell + 1];
      EXPECT_EQ(maps->exchange_to_east[cell], same ? 1.0 : 0.7);
      borders += same ? 0 : 1;
    }
  }
  EXPECT_GT(borders, 100);
}

TEST(Grains, LieWhereTheyLieHoweverWideTheMeshIs) {
  DeviceParameters p = with_grains();
  const auto narrow = make_material_maps(p);
  const int nx = make_mesh(p).nx;
  p.disorder.roughness.deviation = 2e-9;
  const auto rows = static_cast<std::size_t>(std::lround(lower_margin(p) / p.track.cell));
  ASSERT_EQ(rows, 2U);
  const auto wide = make_material_maps(p);
  EXPECT_TRUE(std::equal(narrow->anisotropy.begin(), narrow->anisotropy.end(),
                         wide->anisotropy.begin() + static_cast<std::ptrdiff_t>(rows) * nx));
}

TEST(Grains, OfAnotherRealisationOrSeedAreOthers) {
  DeviceParameters p = with_grains();
  const auto first = make_material_maps(p)->anisotropy;
  EXPECT_EQ(make_material_maps(p)->anisotropy, first);
  p.disorder.realization = 1;
  EXPECT_NE(make_material_maps(p)->anisotropy, first);
  p.disorder.realization = 0;
  p.disorder.seed = 12;
  EXPECT_NE(make_material_maps(p)->anisotropy, first);
}

TEST(Defects, FillTheShareOfTheFilmThatTheirNumberAndSizeGive) {
  DeviceParameters p = plain();
  p.track.cell = 1e-9;
  p.disorder.defects = {.density = 4e14, .size = 10e-9, .anisotropy = 0.5};
  tests::Sample share;
  for (p.disorder.realization = 0; p.disorder.realization < 40; ++p.disorder.realization) {
    const auto maps = make_material_maps(p);
    const auto weak = std::ranges::count(maps->anisotropy, 0.5 * p.material.anisotropy);
    const auto usual = std::ranges::count(maps->anisotropy, p.material.anisotropy);
    ASSERT_EQ(weak + usual, static_cast<std::ptrdiff_t>(maps->anisotropy.size()));
    share.add(static_cast<double>(weak) / static_cast<double>(weak + usual));
  }
  // Of discs at random places, which overlap.
  EXPECT_NEAR(share.mean(), 1.0 - std::exp(-4e14 * 25e-18 * std::numbers::pi), tests::four_errors * share.error());
}

TEST(Defects, SmallerThanACellTakeTheCellInWhichTheyLie) {
  DeviceParameters p = plain();
  p.disorder.defects = {.density = 1e15, .size = 0.5e-9, .anisotropy = 0.5};
  const auto maps = make_material_maps(p);
  const auto weak = std::ranges::count(maps->anisotropy, 0.5 * p.material.anisotropy);
  EXPECT_NEAR(static_cast<double>(weak), 54.0, 30.0);
}

TEST(Disorder, WithoutAnyLeavesTheFilmUniform) {
  DeviceParameters p = plain();
  p.disorder.realization = 5;
  EXPECT_EQ(make_film(p).maps, nullptr);
  EXPECT_EQ(make_mesh(p).ny, 30);
}

TEST(Profile, IsAStepOrARampBetweenTwoMaterials) {
  DeviceParameters p = plain();
  p.profile = {.from = 150e-9, .to = 450e-9, .anisotropy = 1.6e6, .dmi = 2e-3};
  auto maps = make_material_maps(p);
  const auto at = [&](const std::vector<double>& map, int i) { return map[static_cast<std::size_t>(i)]; };
  EXPECT_EQ(at(maps->anisotropy, 0), 1.0e6);
  EXPECT_NEAR(at(maps->anisotropy, 99), 1.0e6 + 0.6e6 * (298.5 - 150.0) / 300.0, 1e-3);
  EXPECT_NEAR(at(maps->dmi, 100), 1e-3 + 1e-3 * (301.5 - 150.0) / 300.0, 1e-12);
  EXPECT_EQ(at(maps->anisotropy, 199), 1.6e6);
  p.profile.to = 150e-9;
  maps = make_material_maps(p);
  EXPECT_EQ(at(maps->anisotropy, 49), 1.0e6);
  EXPECT_EQ(at(maps->anisotropy, 50), 1.6e6);
  EXPECT_EQ(at(maps->dmi, 50), 2e-3);
}

TEST(Gate, ChangesTheAnisotropyUnderIt) {
  DeviceParameters p = plain();
  p.gate = {.from = 30e-9, .to = 60e-9, .anisotropy_change = -2e5};
  const auto maps = make_material_maps(p);
  EXPECT_EQ(std::ranges::count(maps->anisotropy, 0.8e6), 10 * 30);
  EXPECT_EQ(std::ranges::count(maps->anisotropy, 1.0e6), 190 * 30);
  EXPECT_EQ(maps->anisotropy[9], 1.0e6);
  EXPECT_EQ(maps->anisotropy[10], 0.8e6);
}

}  // namespace
}  // namespace spinsweep::device
