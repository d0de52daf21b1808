#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <memory>

#include "base/error.hpp"
#include "device/fields_on_mesh.hpp"
#include "device/film.hpp"
#include "device/parameters.hpp"
#include "device/readout.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

using fields::FileField;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// 40 x 10 cells of 5 nm.
DeviceParameters small_track() {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = 200e-9, .width = 50e-9, .thickness = 2e-9, .cell = 5e-9};
  p.notches.count = 0;
  return p;
}

/// value: of a place, with y upwards.
FileField picture(int width, int height, const std::function<int(int, int)>& value) {
  FileField field{.name = "mask.png", .mesh = {.nx = width, .ny = height}, .values = {}};
  for (int j = 0; j < height; ++j) {
    for (int i = 0; i < width; ++i) {
      field.values.push_back(value(i, j));
    }
  }
  return field;
}

/// A field of numbers on the cells of the track.
FileField numbers(const DeviceParameters& p, const std::function<double(int, int)>& value) {
  FileField field{.name = "map.ovf", .mesh = track_mesh(p), .values = {}};
  for (int j = 0; j < field.mesh.ny; ++j) {
    for (int i = 0; i < field.mesh.nx; ++i) {
      field.values.push_back(value(i, j));
    }
  }
  return field;
}

FileField vectors(const DeviceParameters& p, const std::function<std::array<double, 3>(int, int)>& value) {
  FileField field{.name = "map.ovf", .mesh = track_mesh(p), .components = 3, .values = {}};
  for (int j = 0; j < field.mesh.ny; ++j) {
    for (int i = 0; i < field.mesh.nx; ++i) {
      const auto vector = value(i, j);
      field.values.insert(field.values.end(), vector.begin(), vector.end());
    }
  }
  return field;
}

DeviceParameters with_mask(DeviceParameters p, FileField field) {
  p.mask.file = field.name;
  p.fields[p.mask.file] = std::make_shared<FileField>(std::move(field));
  return p;
}

DeviceParameters with_map(DeviceParameters p, std::string MaterialFiles::*key, FileField field) {
  field.name = "map" + std::to_string(p.fields.size()) + ".ovf";
  p.maps.*key = field.name;
  p.fields[p.maps.*key] = std::make_shared<FileField>(std::move(field));
  return p;
}

std::size_t cell_of(const DeviceParameters& p, int i, int j) {
  return static_cast<std::size_t>(j * make_mesh(p).nx + i);
}

TEST(MaskPicture, OfTheCellsOfTheTrackIsItsMask) {
  const auto is_white = [](int i, int j) { return (i * 7 + j * 3) % 5 != 0; };
  const auto p = with_mask(small_track(), picture(40, 10, [&](int i, int j) { return is_white(i, j) ? 255 : 0; }));
  const auto mask = make_mask(p);
  for (int j = 0; j < 10; ++j) {
    for (int i = 0; i < 40; ++i) {
      EXPECT_EQ(mask[cell_of(p, i, j)], is_white(i, j) ? 1 : 0) << i << ", " << j;
    }
  }
}

TEST(MaskPicture, IsScaledSoThatEachCellHasTheMeanOfWhatItCovers) {
  auto p = small_track();
  p.track.edge = Edge::smooth;
  // Pixels of 2 nm: two of five columns of a cell are white in the left half of the track, none in the right one.
  const auto finer = with_mask(p, picture(100, 25, [](int i, int /*j*/) { return i < 50 && i % 5 < 2 ? 255 : 0; }));
  const auto mean_of = [](const std::vector<double>& shares, int i) { return shares[static_cast<std::size_t>(i)]; };
  // A cell of 5 nm covers the pixels 2.5 i to 2.5 (i + 1).
  EXPECT_DOUBLE_EQ(mean_of(filled_shares(finer), 0), 2.0 / 2.5);
  EXPECT_DOUBLE_EQ(mean_of(filled_shares(finer), 1), 0.0);
  EXPECT_DOUBLE_EQ(mean_of(filled_shares(finer), 30), 0.0);
  // Pixels of 10 nm.
  const auto coarser = with_mask(p, picture(20, 5, [](int i, int /*j*/) { return i == 3 ? 102 : 255; }));
  EXPECT_DOUBLE_EQ(mean_of(filled_shares(coarser), 5), 1.0);
  EXPECT_DOUBLE_EQ(mean_of(filled_shares(coarser), 6), 0.4);
  EXPECT_DOUBLE_EQ(mean_of(filled_shares(coarser), 7), 0.4);
}

TEST(MaskPicture, IsThresholdedAboveOneHalfWithStaircaseEdges) {
  const auto p = with_mask(small_track(), picture(40, 10, [](int i, int /*j*/) { return 108 + i; }));
  const auto mask = make_mask(p);
  EXPECT_EQ(mask[cell_of(p, 19, 4)], 0) << "127 of 255";
  EXPECT_EQ(mask[cell_of(p, 20, 4)], 1) << "128 of 255";
  // Two pixels to a cell, of which one is white: exactly one half is outside, as a centre on the border is.
  const auto half = with_mask(small_track(), picture(80, 20, [](int i, int /*j*/) { return i % 2 == 0 ? 255 : 0; }));
  EXPECT_EQ(make_mask(half), micromagnetics::Mask(400, 0));
}

TEST(MaskPicture, OfAMirrorImageIsTheMirrorImageOfTheMaskToTheBit) {
  constexpr int width = 133;
  constexpr int height = 33;
  const auto grey = [](int i, int j) { return (i * 37 + j * 101 + i * j) % 256; };
  for (const Edge edge : {Edge::smooth, Edge::staircase}) {
    auto p = small_track();
    p.track.edge = edge;
    const auto shares = filled_shares(with_mask(p, picture(width, height, grey)));
    const auto along_x =
        filled_shares(with_mask(p, picture(width, height, [&](int i, int j) { return grey(width - 1 - i, j); })));
    const auto along_y =
        filled_shares(with_mask(p, picture(width, height, [&](int i, int j) { return grey(i, height - 1 - j); })));
    for (int j = 0; j < 10; ++j) {
      for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(along_x[cell_of(p, 39 - i, j)], shares[cell_of(p, i, j)]);
        EXPECT_EQ(along_y[cell_of(p, i, 9 - j)], shares[cell_of(p, i, j)]);
      }
    }
  }
}

TEST(MaskPicture, InvertedHasItsBlackPlacesMagnetic) {
  auto p = with_mask(small_track(), picture(40, 10, [](int i, int /*j*/) { return i < 10 ? 255 : 0; }));
  p.mask.is_inverted = true;
  const auto mask = make_mask(p);
  EXPECT_EQ(mask[cell_of(p, 9, 0)], 0);
  EXPECT_EQ(mask[cell_of(p, 10, 0)], 1);
}

TEST(MaskPicture, IsCutByNotchesAndContinuedIntoBulges) {
  auto p = with_mask(small_track(), picture(40, 10, [](int i, int /*j*/) { return i < 20 ? 255 : 0; }));
  p.notches = {.count = 1, .diameter = 20e-9, .first = 50e-9};
  EXPECT_EQ(make_mask(p)[cell_of(p, 10, 0)], 0);
  EXPECT_EQ(make_mask(p)[cell_of(p, 10, 5)], 1);
  p.notches.depth = -10e-9;
  ASSERT_EQ(make_mesh(p).ny, 14);
  EXPECT_EQ(make_mask(p)[cell_of(p, 10, 0)], 1);
  p.notches.first = 150e-9;
  EXPECT_EQ(make_mask(p)[cell_of(p, 30, 0)], 0) << "where the picture is black";
}

TEST(MaskPicture, OfAnotherShapeThanTheTrackIsRefusedWithTheOneExpected) {
  const auto grey = [](int /*i*/, int /*j*/) { return 255; };
  EXPECT_THAT([&] { (void)make_mask(with_mask(small_track(), picture(400, 110, grey))); },
              ThrowsMessage<InputError>(
                  HasSubstr("mask.png: has 400 x 110 pixels, which is not the shape of the track of 40 x 10 cells; "
                            "expected 400 x 100 or 440 x 110")));
  EXPECT_NO_THROW((void)make_mask(with_mask(small_track(), picture(133, 33, grey)))) << "the nearest whole number";
}

TEST(MaskField, OfNumbersHasTheSharesAndOfVectorsWhereTheyAre) {
  auto p = small_track();
  p.track.edge = Edge::smooth;
  const auto shares = filled_shares(with_mask(p, numbers(p, [](int i, int /*j*/) { return i / 40.0; })));
  EXPECT_EQ(shares[cell_of(p, 13, 7)], 13 / 40.0);
  const auto of_vectors = filled_shares(with_mask(p, vectors(p, [](int i, int /*j*/) {
                                                    return std::array{0.0, 0.0, i < 5 ? 0.0 : -8e5};
                                                  })));
  EXPECT_EQ(of_vectors[cell_of(p, 4, 7)], 0.0);
  EXPECT_EQ(of_vectors[cell_of(p, 5, 7)], 1.0);
}

TEST(MaskField, OfOtherCellsOrOtherNumbersIsRefused) {
  const auto p = small_track();
  auto coarser = p;
  coarser.track.cell = 10e-9;
  EXPECT_THAT([&] { (void)make_mask(with_mask(p, numbers(coarser, [](int, int) { return 1.0; }))); },
              ThrowsMessage<InputError>(HasSubstr("has 20 x 5 cells of 1e-08 x 1e-08 x 2e-09 m, expected the track's "
                                                  "40 x 10 cells of 5e-09 x 5e-09 x 2e-09 m")));
  EXPECT_THAT([&] { (void)make_mask(with_mask(p, numbers(p, [](int i, int) { return i == 7 ? 1.5 : 1.0; }))); },
              ThrowsMessage<InputError>(HasSubstr("map.ovf: has 1.5, expected a share from 0 to 1, in cell (7, 0)")));
}

TEST(MaterialFromFiles, HasTheMapsCellByCell) {
  auto p = small_track();
  p = with_map(p, &MaterialFiles::saturation_magnetization,
               numbers(p, [](int i, int j) { return j == 9 ? 0.0 : 1e6 + 1e4 * i; }));
  p = with_map(p, &MaterialFiles::exchange_stiffness, numbers(p, [](int i, int) { return 1e-11 + 1e-13 * i; }));
  p = with_map(p, &MaterialFiles::anisotropy, numbers(p, [](int i, int j) { return 1e6 - 1e4 * i * j; }));
  p = with_map(p, &MaterialFiles::anisotropy_axis, vectors(p, [](int i, int) {
                 return std::array{3.0 * i, 0.0, 40.0};
               }));
  p = with_map(p, &MaterialFiles::dmi, numbers(p, [](int, int j) { return 1e-3 * (j - 5); }));
  const micromagnetics::Film film = make_film(p);
  ASSERT_NE(film.maps, nullptr);
  const std::size_t cell = cell_of(p, 10, 3);
  EXPECT_DOUBLE_EQ(film.maps->moment[cell] * p.material.saturation_magnetization, 1.1e6);
  EXPECT_EQ(film.maps->exchange_stiffness[cell], 1e-11 + 1e-12);
  EXPECT_EQ(film.maps->anisotropy[cell], 7e5);
  EXPECT_EQ(film.maps->axis_x[cell], 0.6);
  EXPECT_EQ(film.maps->axis_z[cell], 0.8);
  EXPECT_EQ(film.maps->dmi[cell], -2e-3);
  EXPECT_EQ(film.mask[cell], 1);
  EXPECT_EQ(film.mask[cell_of(p, 10, 9)], 0) << "without magnetisation";
}

TEST(MaterialFromFiles, LeavesWhatNoFileGivesToTheOtherKeys) {
  auto p = small_track();
  p = with_map(p, &MaterialFiles::anisotropy, numbers(p, [](int, int) { return 8e5; }));
  p.profile.dmi = 2e-3;
  p.gate = {.from = 50e-9, .to = 100e-9, .anisotropy_change = -1e5};
  p.disorder.defects = {.density = 1e14, .size = 20e-9, .anisotropy = 0.5};
  const auto maps = make_material_maps(p);
  EXPECT_GT(maps->dmi[cell_of(p, 39, 0)], maps->dmi[cell_of(p, 0, 0)]);
  for (std::size_t cell = 0; cell < maps->anisotropy.size(); ++cell) {
    const bool is_gated = cell % 40 >= 10 && cell % 40 < 20;
    const double around = is_gated ? 7e5 : 8e5;
    EXPECT_TRUE(maps->anisotropy[cell] == around || maps->anisotropy[cell] == 0.5 * around) << cell;
  }
}

TEST(MaterialFromFiles, TakesTheMagnetisationFromTheLengthOfVectors) {
  auto p = small_track();
  p = with_map(p, &MaterialFiles::saturation_magnetization, vectors(p, [](int, int) {
                 return std::array{0.0, 6e5, -8e5};
               }));
  EXPECT_DOUBLE_EQ(make_material_maps(p)->moment[0] * p.material.saturation_magnetization, 1e6);
}

TEST(MaterialFromFiles, RefusesWhatNoMaterialHas) {
  const auto p = small_track();
  const auto refused = [&](std::string MaterialFiles::*key, FileField field, const std::string& why) {
    EXPECT_THAT([&] { (void)make_film(with_map(p, key, std::move(field))); },
                ThrowsMessage<InputError>(HasSubstr(why)));
  };
  refused(&MaterialFiles::saturation_magnetization, numbers(p, [](int i, int) { return i == 2 ? -1e6 : 1e6; }),
          "map0.ovf: has -1e+06, expected 0 or more, in cell (2, 0)");
  refused(&MaterialFiles::exchange_stiffness, numbers(p, [](int, int j) { return j == 2 ? -1e-11 : 1e-11; }),
          "has -1e-11, expected 0 or more, in cell (0, 2)");
  refused(&MaterialFiles::anisotropy,
          vectors(p,
                  [](int, int) {
                    return std::array{0.0, 0.0, 1e6};
                  }),
          "has vectors, expected one number for each cell");
  refused(&MaterialFiles::anisotropy_axis, numbers(p, [](int, int) { return 1.0; }),
          "has one number for each cell, expected vectors");
  refused(&MaterialFiles::anisotropy_axis,
          vectors(p,
                  [](int i, int) {
                    return std::array{0.0, 0.0, i == 3 ? 0.0 : 1.0};
                  }),
          "has an axis without direction in cell (3, 0)");
  refused(&MaterialFiles::dmi, picture(40, 10, [](int, int) { return 255; }), "is a picture, expected a field");
}

TEST(WallPosition, CountsTheAreaThatAFileLeaves) {
  // Half as wide on the right: the wall in the middle has two thirds of the area on its left.
  const auto p = with_mask(small_track(), picture(40, 10, [](int i, int j) { return i < 20 || j < 5 ? 255 : 0; }));
  EXPECT_NEAR(wall_position(p, 1.0 - 2.0 * (2.0 / 3.0)), 100e-9, 1e-15);
  EXPECT_NEAR(wall_position(p, 1.0 - 2.0 * (5.0 / 6.0)), 150e-9, 1e-15);
  EXPECT_NEAR(wall_position(p, -1.0), 200e-9, 1e-15);
}

}  // namespace
}  // namespace spinsweep::device
