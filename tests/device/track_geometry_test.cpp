#include "device/track_geometry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "device/kinds.hpp"
#include "device/parameters.hpp"

namespace spinsweep::device {
namespace {

const Track synapse = kind_of<Synapse>.defaults().track;

CommonParameters device_of(const Track& track, const Notches& notches = {}) {
  CommonParameters parameters;
  parameters.track = track;
  parameters.notches = notches;
  return parameters;
}

class Cells {
 public:
  Cells(const Track& track, const Notches& notches)
      : mesh_(make_mesh(device_of(track, notches))), mask_(make_mask(device_of(track, notches))) {}

  [[nodiscard]] const micromagnetics::Mesh& mesh() const { return mesh_; }
  [[nodiscard]] bool magnetic(int i, int j) const {
    return mask_[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh_.nx) + static_cast<std::size_t>(i)] != 0;
  }
  [[nodiscard]] auto removed() const { return std::count(mask_.begin(), mask_.end(), 0); }

 private:
  micromagnetics::Mesh mesh_;
  micromagnetics::Mask mask_;
};

TEST(Mesh, HasTheSizeOfTheTrack) {
  const auto mesh = make_mesh(device_of(synapse));
  EXPECT_EQ(mesh.nx, 500);
  EXPECT_EQ(mesh.ny, 50);
  EXPECT_EQ(mesh.dx, 3e-9);
  EXPECT_EQ(mesh.dy, 3e-9);
  EXPECT_EQ(mesh.dz, 2e-9);
  const auto neuron = make_mesh(kind_of<Neuron>.defaults());
  EXPECT_EQ(neuron.nx, 512);
  EXPECT_EQ(neuron.ny, 64);
}

TEST(Mesh, RoundsALengthThatDecimalNotationLeavesShortOfWholeCells) {
  EXPECT_EQ(make_mesh(device_of({.length = 0.3e-6, .width = 0.06e-6, .thickness = 2e-9, .cell = 0.3e-9})).nx, 1000);
}

TEST(Notches, AreSpreadEvenlyOverTheTrackUnlessTheyAreGiven) {
  const auto even = notch_positions(synapse, {.count = 5, .first = {}, .pitch = {}});
  ASSERT_EQ(even.size(), 5U);
  for (std::size_t k = 0; k < even.size(); ++k) {
    EXPECT_NEAR(even[k], 300e-9 * static_cast<double>(k + 1), 1e-18);
  }
  const auto given = notch_positions(synapse, {.count = 3, .first = 100e-9, .pitch = 250e-9});
  EXPECT_NEAR(given[0], 100e-9, 1e-18);
  EXPECT_NEAR(given[2], 600e-9, 1e-18);
  EXPECT_TRUE(notch_positions(synapse, {.count = 0, .first = {}, .pitch = {}}).empty());
}

TEST(Notches, LeaveEveryOtherCellMagnetic) {
  EXPECT_EQ(Cells(synapse, {.count = 0, .first = {}, .pitch = {}}).removed(), 0);
}

TEST(Notches, RemoveExactlyTheCellsWhoseCentreLiesInASemicircleOnAnEdge) {
  const Notches notches{.count = 2, .diameter = 50e-9, .first = 400e-9, .pitch = 500e-9};
  const Cells cells(synapse, notches);
  const auto& mesh = cells.mesh();
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      bool inside = false;
      for (const double x : {400e-9, 900e-9}) {
        for (const double y : {0.0, 150e-9}) {
          inside = inside || std::pow(mesh.x(i) - x, 2) + std::pow(mesh.y(j) - y, 2) < std::pow(25e-9, 2);
        }
      }
      EXPECT_EQ(cells.magnetic(i, j), !inside) << i << ", " << j;
    }
  }
}

TEST(Notches, HaveTheAreaOfSemicirclesOnAFineMesh) {
  const Track fine{.length = 200e-9, .width = 100e-9, .thickness = 2e-9, .cell = 0.25e-9};
  const Cells cells(fine, {.count = 1, .diameter = 40e-9, .first = 100e-9, .pitch = {}});
  const double area = static_cast<double>(cells.removed()) * 0.25e-9 * 0.25e-9;
  const double pair = std::numbers::pi * 20e-9 * 20e-9;
  EXPECT_NEAR(area, pair, 2e-3 * pair);
}

TEST(Notches, ReachHalfTheirDiameterIntoTheTrack) {
  const Track fine{.length = 200e-9, .width = 100e-9, .thickness = 2e-9, .cell = 1e-9};
  const Cells cells(fine, {.count = 1, .diameter = 40e-9, .first = 100.5e-9, .pitch = {}});
  EXPECT_FALSE(cells.magnetic(100, 19));
  EXPECT_TRUE(cells.magnetic(100, 20));
  EXPECT_FALSE(cells.magnetic(100, 80));
  EXPECT_TRUE(cells.magnetic(100, 79));
  EXPECT_TRUE(cells.magnetic(79, 0));
  EXPECT_FALSE(cells.magnetic(81, 0));
}

TEST(Notches, AreTheSameOnBothEdgesAndOnBothSidesOfTheirMiddle) {
  const Cells cells(synapse, {.count = 4, .diameter = 35e-9, .first = 300e-9, .pitch = 300e-9});
  const auto& mesh = cells.mesh();
  EXPECT_GT(cells.removed(), 0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      EXPECT_EQ(cells.magnetic(i, j), cells.magnetic(i, mesh.ny - 1 - j));
      EXPECT_EQ(cells.magnetic(i, j), cells.magnetic(mesh.nx - 1 - i, j));
    }
  }
}

TEST(Notches, AreAllAlikeWhenTheirPitchIsWholeCells) {
  const Cells cells(synapse, {.count = 4, .diameter = 35e-9, .first = 300e-9, .pitch = 300e-9});
  for (int j = 0; j < cells.mesh().ny; ++j) {
    for (int i = -20; i < 20; ++i) {
      for (int notch = 1; notch < 4; ++notch) {
        EXPECT_EQ(cells.magnetic(100 + i, j), cells.magnetic(100 + 100 * notch + i, j));
      }
    }
  }
}

TEST(Notches, AtTheEndOfTheTrackAreCutInHalf) {
  // The fifth of five evenly spread notches lies at x = length.
  const Cells cells(synapse, {.count = 5, .diameter = 35e-9, .first = {}, .pitch = {}});
  const Cells inner(synapse, {.count = 1, .diameter = 35e-9, .first = 750e-9, .pitch = {}});
  EXPECT_EQ(2 * cells.removed(), 9 * inner.removed());
}

/// Of a notch on the lower edge, by exact arithmetic: all lengths in half cells times 20.
bool lies_inside(int i, int j, std::int64_t position, std::int64_t radius) {
  const std::int64_t x = 20 * (2 * i + 1) - position;
  const std::int64_t y = std::int64_t{20} * (2 * j + 1);
  return x * x + y * y < radius * radius;
}

TEST(Notches, OfEverySizeAndPlaceAreCutExactlyOnEveryMesh) {
  for (const double cell : {0.3e-9, 1e-9, 3e-9, 4e-9, 5e-9, 7.7e-9}) {
    constexpr int nx = 61;
    constexpr int ny = 16;
    const Track track{.length = nx * cell, .width = ny * cell, .thickness = 2e-9, .cell = cell};
    for (int diameter = 1; diameter <= 14 * 4; ++diameter) {
      for (int place = 0; place <= 4 * nx; place += 7) {
        // Diameters in quarters of cells and places in quarters of cells, as they are written and multiplied.
        const Notches notches{
            .count = 1, .diameter = diameter * cell / 4, .first = place * cell / 4, .pitch = nx * cell};
        const Notches mirror{
            .count = 1, .diameter = diameter * cell / 4, .first = nx * cell - place * cell / 4, .pitch = nx * cell};
        const Cells cells(track, notches);
        const Cells mirrored(track, mirror);
        for (int j = 0; j < ny; ++j) {
          for (int i = 0; i < nx; ++i) {
            const bool removed = lies_inside(i, j, std::int64_t{10} * place, std::int64_t{5} * diameter) ||
                                 lies_inside(i, ny - 1 - j, std::int64_t{10} * place, std::int64_t{5} * diameter);
            ASSERT_EQ(cells.magnetic(i, j), !removed) << cell << ' ' << diameter << ' ' << place;
            ASSERT_EQ(mirrored.magnetic(nx - 1 - i, j), !removed) << cell << ' ' << diameter << ' ' << place;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace spinsweep::device
