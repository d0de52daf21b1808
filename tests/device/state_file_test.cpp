#include "device/state_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

using fields::FileField;
using micromagnetics::FieldLayout;

using testing::HasSubstr;
using testing::ThrowsMessage;

DeviceParameters small_track() {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = 200e-9, .width = 50e-9, .thickness = 2e-9, .cell = 5e-9};
  p.notches = {.count = 1, .diameter = 20e-9, .first = 100e-9, .pitch = {}};
  p.initial_wall = {.position = 60e-9, .width = 10e-9, .relax = false, .file = "wall.ovf"};
  return p;
}

/// The straight wall as a file has it.
FileField straight_wall_field(const DeviceParameters& p) {
  const auto mesh = make_mesh(p);
  const FieldLayout layout(mesh);
  const auto m = straight_wall(p);
  FileField field{.name = "wall.ovf", .mesh = mesh, .components = 3, .values = {}};
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      for (std::size_t c = 0; c < 3; ++c) {
        field.values.push_back(m[c * layout.component_size() + layout.index(i, j)]);
      }
    }
  }
  return field;
}

void expect_refused(const FileField& field, const std::string& why) {
  EXPECT_THAT([&] { (void)state_from_field(small_track(), field); }, ThrowsMessage<InputError>(HasSubstr(why)));
}

TEST(StateFromFile, IsTheMagnetisationThatWasWritten) {
  const DeviceParameters p = small_track();
  const auto m = state_from_field(p, straight_wall_field(p));
  const auto wanted = straight_wall(p);
  ASSERT_EQ(m.size(), wanted.size());
  for (std::size_t k = 0; k < m.size(); ++k) {
    EXPECT_NEAR(m[k], wanted[k], 1e-15);
  }
}

TEST(StateFromFile, IsNormalisedAndIgnoresWhatLiesInTheNotches) {
  const DeviceParameters p = small_track();
  FileField field = straight_wall_field(p);
  const auto mask = make_mask(p);
  bool has_notch = false;
  for (std::size_t cell = 0; cell < mask.size(); ++cell) {
    for (std::size_t c = 0; c < 3; ++c) {
      double& value = field.values[3 * cell + c];
      value = mask[cell] == 0 ? 7.0 : value * 1.0005;
    }
    has_notch = has_notch || mask[cell] == 0;
  }
  ASSERT_TRUE(has_notch);
  const auto m = state_from_field(p, field);
  const auto wanted = straight_wall(p);
  for (std::size_t k = 0; k < m.size(); ++k) {
    EXPECT_NEAR(m[k], wanted[k], 1e-12);
  }
}

TEST(StateFromFile, RefusesAnotherMesh) {
  FileField wider = straight_wall_field(small_track());
  wider.mesh.nx += 1;
  expect_refused(wider, "wall.ovf: has 41 x 10 cells of 5e-09 x 5e-09 x 2e-09 m, expected the track's 40 x 10 cells");
  FileField finer = straight_wall_field(small_track());
  finer.mesh.dx = 4.9e-9;
  expect_refused(finer, "cells of 4.9e-09 x 5e-09");
  FileField thicker = straight_wall_field(small_track());
  thicker.mesh.dz = 3e-9;
  expect_refused(thicker, "expected the track's");
}

TEST(StateFromFile, RefusesVectorsThatAreNoUnitVectors) {
  FileField field = straight_wall_field(small_track());
  constexpr std::size_t first = std::size_t{3} * 45;
  field.values[first] = 0.0;
  field.values[first + 1] = 0.0;
  field.values[first + 2] = 1.1e6;
  expect_refused(field, "the vector (0, 0, 1.1e+06) of cell (5, 1) has the length 1.1e+06, expected 1");
  field.values[3 * 45 + 2] = 0.0;
  expect_refused(field, "has the length 0, expected 1");
  field.values[3 * 45 + 2] = std::numeric_limits<double>::quiet_NaN();
  expect_refused(field, "expected 1");
}

TEST(StateFromFile, RefusesNumbersAndPictures) {
  FileField field = straight_wall_field(small_track());
  field.components = 1;
  field.values.resize(field.mesh.cells());
  expect_refused(field, "wall.ovf: has one number for each cell, expected a magnetisation of three components");
}

TEST(StateFromFile, FailsWithAMessageWhenThereIsNoFile) {
  DeviceParameters p = small_track();
  p.initial_wall.file = "/nowhere/wall.ovf";
  EXPECT_THAT([&] { (void)state_from_file(p); },
              ThrowsMessage<EnvironmentError>(HasSubstr("/nowhere/wall.ovf: cannot be read")));
}

}  // namespace
}  // namespace spinsweep::device
