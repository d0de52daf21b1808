#include "study/named_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>

#include "base/error.hpp"
#include "device/film.hpp"
#include "device/track_geometry.hpp"
#include "fields/file_field.hpp"
#include "micromagnetics/ovf.hpp"
#include "study/case_identity.hpp"
#include "study/read_study.hpp"
#include "study/resolved_text.hpp"

namespace spinsweep::study {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

/// A study of a track of 40 x 10 cells in a folder of its own.
class NamedFiles : public testing::Test {
 protected:
  NamedFiles() { std::filesystem::create_directories(folder_ / "maps"); }
  ~NamedFiles() override { std::filesystem::remove_all(folder_); }

  /// Writes numbers on the cells of the track into maps/NAME.
  void write_map(const std::string& name, const std::function<double(int, int)>& value) const {
    micromagnetics::OvfField field{
        .mesh = {.nx = 40, .ny = 10, .dx = 5e-9, .dy = 5e-9, .dz = 2e-9}, .values = {}, .components = 1};
    field.labels = {"value"};
    for (int j = 0; j < field.mesh.ny; ++j) {
      for (int i = 0; i < field.mesh.nx; ++i) {
        field.values.push_back(value(i, j));
      }
    }
    micromagnetics::write_ovf(folder_ / "maps" / name, field, micromagnetics::OvfData::binary8);
  }

  /// Writes a wall in the middle of the track into maps/NAME; left: m_z of the domain on its left.
  void write_wall(const std::string& name, double left, double right) const {
    micromagnetics::OvfField field{.mesh = {.nx = 40, .ny = 10, .dx = 5e-9, .dy = 5e-9, .dz = 2e-9}, .values = {}};
    for (std::size_t cell = 0; cell < field.mesh.cells(); ++cell) {
      field.values.insert(field.values.end(), {0.0, 0.0, cell % 40 < 20 ? left : right});
    }
    micromagnetics::write_ovf(folder_ / "maps" / name, field, micromagnetics::OvfData::binary8);
  }

  [[nodiscard]] std::string sweep_file(const std::string& keys, const std::string& sweep = "") const {
    const std::string path = folder_ / "study.toml";
    std::ofstream(path) << "[synapse]\n"
                        << keys << "\nlength = 200e-9\nwidth = 50e-9\ncell = 5e-9\nnotches.count = 0\n"
                        << "pulse = { duration = 1e-10, relaxation = 0 }\n[synapse.sweep]\n"
                        << sweep << '\n';
    return path;
  }
  [[nodiscard]] Study read(const std::string& keys, const std::string& sweep = "") const {
    return read_study(sweep_file(keys, sweep));
  }
  void expect_refused(const std::string& keys, const std::string& why, const std::string& sweep = "") const {
    EXPECT_THAT([&] { (void)read(keys, sweep); },
                ThrowsMessage<InputError>(AllOf(StartsWith((folder_ / "study.toml").string() + ":2:"), HasSubstr(why))))
        << keys;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("named_files_test_" + std::to_string(getpid()));
};

/// A track with a hole.
double ring(int i, int j) {
  return i > 10 && i < 20 && j > 3 && j < 6 ? 0.0 : 1.0;
}

TEST_F(NamedFiles, CountFromTheFolderOfTheSweepFileAndGiveEveryCaseItsShape) {
  write_map("ring.ovf", ring);
  const Study study = read("mask.file = \"maps/ring.ovf\"", "\"pulse.current_density\" = [1e11, 2e11]");
  ASSERT_EQ(study.weights().cases.size(), 2U);
  for (const auto& p : study.weights().cases) {
    const auto mask = device::make_mask(p);
    EXPECT_EQ(mask[4 * 40 + 15], 0);
    EXPECT_EQ(mask[2 * 40 + 15], 1);
  }
}

TEST_F(NamedFiles, AreKnownToRanksThatReadTheResolvedTextAndTheirBytes) {
  write_map("ring.ovf", ring);
  write_map("ku.ovf", [](int i, int /*j*/) { return 8e5 + 1e4 * i; });
  const Study study = read("mask.file = \"maps/ring.ovf\"\nmaps.anisotropy = \"maps/ku.ovf\"");
  Study other = parse_study(study.text, "resolved study.toml");
  for (DevicePlan& plan : other.devices) {
    attach_files(study.file_contents, plan);
  }
  const auto& p = study.weights().cases.front();
  const auto& q = other.weights().cases.front();
  EXPECT_EQ(device::make_mask(q), device::make_mask(p));
  EXPECT_EQ(device::make_film(q).maps->anisotropy, device::make_film(p).maps->anisotropy);
  EXPECT_EQ(other.text, study.text);
}

TEST_F(NamedFiles, CountByTheirChecksumsNotByTheirNames) {
  write_map("a.ovf", ring);
  write_map("b.ovf", ring);
  const Study a = read("mask.file = \"maps/a.ovf\"");
  const Study b = read("mask.file = \"maps/b.ovf\"");
  EXPECT_TRUE(is_comparable(a.weights().cases.front()));
  EXPECT_EQ(physical_key(a.weights().cases.front()), physical_key(b.weights().cases.front()));
  EXPECT_EQ(first_difference(a.text, b.text).first, "");
  EXPECT_THAT(a.text, HasSubstr("mask.file_checksum = \"crc32 "));
  write_map("b.ovf", [](int i, int j) { return i == 30 && j == 0 ? 0.0 : ring(i, j); });
  const Study changed = read("mask.file = \"maps/b.ovf\"");
  EXPECT_NE(physical_key(a.weights().cases.front()), physical_key(changed.weights().cases.front()));
  EXPECT_THAT(first_difference(a.text, changed.text).first, HasSubstr("mask.file_checksum"));
  EXPECT_FALSE(is_comparable(parse_study("[synapse]\nmask.file = \"a.ovf\"\n", "study.toml").weights().cases.front()));
}

TEST_F(NamedFiles, MustStillBeWhatTheSweepFileSays) {
  write_map("ring.ovf", ring);
  const std::string checksum = checksum_of(fields::read_bytes(folder_ / "maps" / "ring.ovf"));
  EXPECT_NO_THROW((void)read("mask = { file = \"maps/ring.ovf\", file_checksum = \"" + checksum + "\" }"));
  expect_refused("mask = { file = \"maps/ring.ovf\", file_checksum = \"crc32 00000000\" }", "it has changed");
}

TEST_F(NamedFiles, AreNotNeededToReadTheTextOfAResultsFile) {
  EXPECT_NO_THROW(
      (void)parse_study("[neuron]\nmask.file = \"gone.png\"\nmaps.saturation_magnetization = \"gone.ovf\"\n"
                        "notches.list = [{ x = 200e-9 }]\ndisorder.roughness.deviation = 1e-9\n",
                        "study.toml"));
}

TEST_F(NamedFiles, ThatCannotBeReadAreRefusedWithTheirKey) {
  expect_refused("mask.file = \"maps/none.png\"",
                 "mask.file " + (folder_ / "maps/none.png").string() + ": cannot be read");
  expect_refused("maps.dmi = \"maps\"", "maps.dmi ");
  std::ofstream(folder_ / "maps" / "text.png") << "a picture";
  expect_refused("mask.file = \"maps/text.png\"", "is neither a PNG picture nor a field in OVF");
  std::ofstream(folder_ / "maps" / "empty.png") << "";
  expect_refused("mask.file = \"maps/empty.png\"", "is neither a PNG picture nor a field in OVF");
  write_map("nan.ovf", [](int i, int j) { return i == 7 && j == 2 ? std::numeric_limits<double>::quiet_NaN() : 1e6; });
  expect_refused("maps.anisotropy = \"maps/nan.ovf\"", "has nan in its cell (7, 2), expected a finite number");
  write_map("negative.ovf", [](int /*i*/, int j) { return j == 3 ? -8e5 : 8e5; });
  expect_refused("maps.saturation_magnetization = \"maps/negative.ovf\"",
                 "has -800000, expected 0 or more, in cell (0, 3)");
}

TEST_F(NamedFiles, ThatDoNotFitOneCaseAreRefused) {
  write_map("ring.ovf", ring);
  expect_refused("mask.file = \"maps/ring.ovf\"",
                 "has 40 x 10 cells of 5e-09 x 5e-09 x 2e-09 m, expected the track's 80 x 20 cells",
                 "cell = [5e-9, 2.5e-9]");
}

TEST_F(NamedFiles, ThatLeaveAWallNoPlaceAreRefused) {
  write_map("empty.ovf", [](int, int) { return 0.5; });
  expect_refused("mask.file = \"maps/empty.ovf\"", "leaves no magnetic cell");
  write_map("unmagnetic.ovf", [](int, int) { return 0.0; });
  expect_refused("maps.saturation_magnetization = \"maps/unmagnetic.ovf\"", "leaves no magnetic cell");
  write_map("parted.ovf", [](int i, int) { return i == 20 ? 0.0 : 1.0; });
  expect_refused("mask.file = \"maps/parted.ovf\"", "leaves magnetic cells from 0 to 2e-07 m without a path");
  write_map("corner.ovf", [](int i, int j) { return (i < 20) == (j < 5) ? 1.0 : 0.0; });
  // Cells that share a corner do not exchange.
  expect_refused("mask.file = \"maps/corner.ovf\"", "without a path");
  write_map("right.ovf", [](int i, int) { return i >= 20 ? 1.0 : 0.0; });
  expect_refused("mask.file = \"maps/right.ovf\"\ninitial_wall.position = 50e-9",
                 "leaves magnetic cells from 1e-07 to 2e-07 m, where the wall at 5e-08 m does not lie");
  EXPECT_NO_THROW((void)read("mask.file = \"maps/right.ovf\"\ninitial_wall.position = 150e-9"));
}

TEST_F(NamedFiles, ThatLeaveTheTunnelJunctionNothingToReadAreRefused) {
  write_map("right.ovf", [](int i, int) { return i >= 30 ? 1.0 : 0.0; });
  const std::string path = folder_ / "neuron.toml";
  std::ofstream(path) << "[neuron]\nlength = 200e-9\nwidth = 50e-9\ncell = 5e-9\nmask.file = \"maps/right.ovf\"\n"
                      << "initial_wall.position = 170e-9\nmtj.window = { from = 50e-9, to = 100e-9 }\n";
  EXPECT_THAT([&] { (void)read_study(path); },
              ThrowsMessage<InputError>(HasSubstr("leaves no magnetic cell that the tunnel junction reads")));
}

TEST_F(NamedFiles, WithKeysThatWouldChangeNothingAreRefused) {
  write_map("ku.ovf", [](int, int) { return 1e6; });
  expect_refused("maps.anisotropy = \"maps/ku.ovf\"", "so that sweeping material.anisotropy would change nothing",
                 "\"material.anisotropy\" = [8e5, 1e6]");
  expect_refused("maps.anisotropy = \"maps/ku.ovf\"\nprofile.anisotropy = 8e5",
                 "so that profile.anisotropy would change nothing");
  EXPECT_NO_THROW((void)read("maps.anisotropy = \"maps/ku.ovf\"", "\"material.dmi\" = [8e-4, 1e-3]"));
}

TEST_F(NamedFiles, MayBeVtkFiles) {
  std::ofstream vtk(folder_ / "maps" / "ring.vtk");
  vtk << "# vtk DataFile Version 3.0\nring\nASCII\nDATASET STRUCTURED_POINTS\nDIMENSIONS 41 11 2\nORIGIN 0 0 0\n"
         "SPACING 5e-9 5e-9 2e-9\nCELL_DATA 400\nSCALARS share double 1\nLOOKUP_TABLE default\n";
  for (int j = 0; j < 10; ++j) {
    for (int i = 0; i < 40; ++i) {
      vtk << ring(i, j) << '\n';
    }
  }
  vtk.close();
  write_map("ring.ovf", ring);
  EXPECT_EQ(device::make_mask(read("mask.file = \"maps/ring.vtk\"").weights().cases.front()),
            device::make_mask(read("mask.file = \"maps/ring.ovf\"").weights().cases.front()));
}

TEST_F(NamedFiles, OfAWallGiveLevelsAndWellsTheirPolarity) {
  using device::WallKind;
  write_wall("up_down.ovf", 1.0, -1.0);
  write_wall("down_up.ovf", -1.0, 1.0);
  const auto polarity = [&](const std::string& keys) {
    const Study study = read(keys);
    EXPECT_EQ(parse_study(study.text, "resolved study.toml").weights().base.initial_wall.polarity,
              study.weights().base.initial_wall.polarity);
    return study.weights().cases.front().initial_wall.polarity;
  };
  EXPECT_EQ(polarity("initial_wall.file = \"maps/up_down.ovf\""), WallKind::up_down);
  EXPECT_EQ(polarity("initial_wall.file = \"maps/down_up.ovf\""), WallKind::down_up);
  EXPECT_EQ(polarity("initial_wall = { file = \"maps/up_down.ovf\", polarity = \"up_down\" }"), WallKind::up_down);
}

TEST_F(NamedFiles, OfAWallOfAnotherPolarityThanTheKeySaysAreRefused) {
  write_wall("up_down.ovf", 1.0, -1.0);
  expect_refused("initial_wall = { file = \"maps/up_down.ovf\", polarity = \"down_up\" }",
                 "holds a wall of the polarity up_down, expected that of initial_wall.polarity, down_up");
}

TEST_F(NamedFiles, WithoutAWallLeaveThePolarityToTheKey) {
  write_wall("up.ovf", 1.0, 1.0);
  const auto key = [&](const std::string& keys) { return read(keys).weights().base.initial_wall.polarity; };
  EXPECT_EQ(key("initial_wall = { file = \"maps/up.ovf\", polarity = \"up_down\" }"), device::WallKind::up_down);
  EXPECT_EQ(key("initial_wall.file = \"maps/up.ovf\""), device::WallKind::down_up);
}

TEST_F(NamedFiles, OfNumbersAreNoWall) {
  write_map("numbers.ovf", ring);
  expect_refused("initial_wall.file = \"maps/numbers.ovf\"", "has one number for each cell, expected a magnetisation");
}

}  // namespace
}  // namespace spinsweep::study
