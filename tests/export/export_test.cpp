#include "export/export_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>

#include "analysis/jump_table_file.hpp"
#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "export/device_case.hpp"
#include "export/jump_table_text.hpp"
#include "export/vtk_image.hpp"
#include "layout/results_schema.hpp"
#include "store/create.hpp"
#include "store/temporary_folder.hpp"
#include "study/read_study.hpp"

namespace spinsweep::exports {
namespace {

using store::CaseStatus;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

constexpr const char* study_text =
    "[synapse]\nlength = 200e-9\nwidth = 50e-9\ncell = 10e-9\nnotches = { count = 1, diameter = 20e-9, first = 100e-9 "
    "}\n"
    "initial_wall = { position = 60e-9 }\npulse = { duration = 1e-9, relaxation = 1e-9 }\n"
    "output = { interval = 0.5e-9, snapshots = 3 }\n"
    "[synapse.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11]\n";

/// A results file whose case 1 is done, with a wall that moves by a cell from snapshot to snapshot.
class Export : public testing::Test {
 protected:
  Export() {
    store::create(results_, layout::results_schema(study_, {}, 1));
    auto file = store::ResultsFile::open_for_writing(results_, world_);
    for (std::uint64_t k = 0; k < 3; ++k) {
      auto p = study_.weights().cases[1];
      p.initial_wall.position = device::initial_wall_position(p) + static_cast<double>(k) * p.track.cell;
      const auto m = device::straight_wall(p);
      const micromagnetics::FieldLayout layout({.nx = 20, .ny = 5, .dx = 0, .dy = 0, .dz = 0});
      std::vector<float> map;
      for (int j = 0; j < 5; ++j) {
        for (int i = 0; i < 20; ++i) {
          for (std::size_t c = 0; c < 3; ++c) {
            map.push_back(static_cast<float>(m[c * layout.component_size() + layout.index(i, j)]));
          }
        }
      }
      file.write<float>("/synapse/snapshot", {1, k, 0, 0, 0}, {1, 1, 5, 20, 3}, map);
    }
    file.write<double>("/synapse/wall_position", {1, 0}, {1, 5},
                       std::vector<double>{6e-8, 6.1e-8, 6.2e-8, 6.3e-8, 0.1});
    file.write<double>("/synapse/energy", {1, 4, 1}, {1, 1, 1}, std::vector<double>{-1.25e-18});
    file.write<std::int8_t>("/synapse/status", {1}, {1}, std::vector{static_cast<std::int8_t>(CaseStatus::done)});
    file.close();
  }

  [[nodiscard]] ExportRequest request(Format format) const {
    return {.results_file = results_,
            .device = "synapse",
            .index = 1,
            .format = format,
            .snapshot = {},
            .folder = folder_.path() / "out" / "deep"};
  }

  [[nodiscard]] static std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  static std::vector<std::string> names_of(const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> names;
    names.reserve(files.size());
    for (const auto& file : files) {
      names.push_back(file.filename().string());
    }
    return names;
  }

  store::samples::TemporaryFolder folder_;
  std::string results_ = folder_.file("results.h5");
  parallel::Communicator world_{MPI_COMM_WORLD};
  study::Study study_ = study::parse_study(study_text, "study.toml");
};

TEST_F(Export, JumpTablesHaveTheSameConductancesAndAreReadBack) {
  characterization::TrainJumps jumps;
  for (int k = 0; k < 40; ++k) {
    jumps.increasing.push_back({1e-4 + 1e-7 * k, 2e-7 + 1e-9 * k});
    jumps.decreasing.push_back({1.02e-4 + 1e-7 * k, -3e-7 + 1e-9 * k});
  }
  const auto [increasing, decreasing] = characterization::exported_tables(jumps);
  const std::string file = folder_.file("dG_increasing.txt");
  std::ofstream(file) << jump_table_text(*increasing);
  const analysis::JumpTable read = analysis::read_jump_table(file);
  EXPECT_THAT(read.conductance, testing::Pointwise(testing::DoubleNear(1e-12), increasing->conductance));
  EXPECT_THAT(read.change[7], testing::Pointwise(testing::DoubleNear(1e-15), increasing->change[7]));
  // CrossSim 2.0 refuses others.
  EXPECT_EQ(increasing->conductance, decreasing->conductance);
  EXPECT_EQ(increasing->probability, decreasing->probability);
  EXPECT_DOUBLE_EQ(increasing->conductance.front(), 1e-4);
  EXPECT_DOUBLE_EQ(increasing->conductance.back(), 1.059e-4);
}

TEST_F(Export, OvfFilesHoldEverySnapshotAsItWasStoredAndServeAsAnInitialState) {
  for (const auto data : {micromagnetics::OvfData::binary8, micromagnetics::OvfData::text}) {
    auto wanted = request(Format::ovf);
    wanted.ovf_data = data;
    wanted.force = true;
    const auto files = export_case(wanted);
    EXPECT_THAT(names_of(files), ElementsAre("synapse_case0001_snapshot00.ovf", "synapse_case0001_snapshot01.ovf",
                                             "synapse_case0001_snapshot02.ovf"));
    const DeviceCase device_case(results_, "synapse", 1);
    for (std::uint64_t k = 0; k < 3; ++k) {
      const auto field = micromagnetics::read_ovf(files[k]);
      const auto stored = device_case.snapshot(k);
      EXPECT_EQ(field.mesh, device_case.mesh());
      ASSERT_EQ(field.values.size(), stored.size());
      for (std::size_t i = 0; i < stored.size(); ++i) {
        EXPECT_EQ(field.values[i], static_cast<double>(stored[i]));
      }
    }
    EXPECT_THAT(text_of(files[2]), HasSubstr("# Desc: Total simulation time: 2e-09 s\n"));
    EXPECT_THAT(text_of(files[2]), HasSubstr("# Desc: case 1: pulse.current_density 2e+11"));
    const auto started_from = study::parse_study(
        study_text, "study.toml",
        {"synapse.initial_wall.file=\"" + files[1].string() + "\"", "synapse.initial_wall.relax=false"},
        study::NamedFiles::check);
    const auto m = device::initial_state(started_from.weights().cases[0], nullptr);
    auto moved = study_.weights().cases[0];
    moved.initial_wall.position = device::initial_wall_position(moved) + moved.track.cell;
    const auto straight = device::straight_wall(moved);
    for (std::size_t i = 0; i < m.size(); ++i) {
      EXPECT_NEAR(m[i], straight[i], 1e-6);
    }
  }
}

TEST_F(Export, OneSnapshotAloneCanBeAskedFor) {
  auto wanted = request(Format::ovf);
  wanted.snapshot = 2;
  EXPECT_THAT(names_of(export_case(wanted)), ElementsAre("synapse_case0001_snapshot02.ovf"));
  wanted.snapshot = 3;
  EXPECT_THAT([&] { export_case(wanted); }, ThrowsMessage<InputError>(HasSubstr("no snapshot 3, expected 0 to 2")));
}

TEST_F(Export, NamesTheCurrentDensityThatABisectionFound) {
  const std::string bisected = folder_.file("bisected.h5");
  const study::Study study = study::parse_study(
      "[synapse]\nlength = 200e-9\nwidth = 50e-9\ncell = 10e-9\nnotches = { count = 1, first = 100e-9 }\n"
      "initial_wall = { position = 60e-9 }\n[synapse.sweep]\n"
      "\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1e11, to = 4e11, tolerance = 1e11 }\n",
      "study.toml");
  store::create(bisected, layout::results_schema(study, {}, 1));
  auto file = store::ResultsFile::open_for_writing(bisected, world_);
  file.write<double>("/synapse/pulse_current_density", {2}, {1}, std::vector<double>{2.5e11});
  file.write<std::int8_t>("/synapse/status", {2}, {1}, std::vector{static_cast<std::int8_t>(CaseStatus::done)});
  file.close();
  EXPECT_EQ(DeviceCase(bisected, "synapse", 2).description(), "case 2: pulse.current_density 2.5e+11");
  EXPECT_EQ(DeviceCase(bisected, "synapse", 2).parameters().pulse.current_density, 2.5e11);
}

TEST_F(Export, VtkSeriesNamesEveryImageWithItsTime) {
  const auto files = export_case(request(Format::vtk));
  ASSERT_EQ(files.size(), 5U);
  const std::string image = text_of(files[0]);
  EXPECT_THAT(image, HasSubstr("WholeExtent=\"0 20 0 5 0 1\" Origin=\"0 0 0\" Spacing=\"1e-08 1e-08 2e-09\""));
  // 1200 bytes of data behind their number in eight bytes, in base64.
  const std::string head = "format=\"binary\">";
  EXPECT_THAT(image.substr(image.find(head) + head.size()), StartsWith("sAQAAAAAAA"));
  const std::string series = text_of(files[3]);
  for (const std::string line : {"timestep=\"0\" part=\"0\" file=\"synapse_case0001_snapshot00.vti\"",
                                 "timestep=\"1e-09\" part=\"0\" file=\"synapse_case0001_snapshot01.vti\"",
                                 "timestep=\"2e-09\" part=\"0\" file=\"synapse_case0001_snapshot02.vti\""}) {
    EXPECT_THAT(series, HasSubstr(line));
  }
  // The first snapshot of case 1: begin, stride, count and the whole variable's cases, snapshots, y, x, component.
  EXPECT_THAT(text_of(files[4]),
              HasSubstr(">../../results.h5:/synapse/snapshot|1 0 0 0 0:1 1 1 1 1:1 1 5 20 3:3 3 5 20 3<"));
}

TEST_F(Export, CsvHasALineForEverySampleWithTheStoredDigits) {
  const auto files = export_case(request(Format::csv));
  ASSERT_EQ(files.size(), 1U);
  std::istringstream lines(text_of(files[0]));
  std::vector<std::string> rows;
  for (std::string line; std::getline(lines, line);) {
    rows.push_back(line);
  }
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_THAT(rows[0], StartsWith("time (s),magnetization_x (1),magnetization_y (1),magnetization_z (1),wall_position "
                                  "(m),conductance (S),energy_exchange (J),"));
  EXPECT_THAT(rows[2], StartsWith("5e-10,0,0,0,6.1e-08,0,"));
  EXPECT_THAT(rows[5], StartsWith("2e-09,0,0,0,0.1,0,0,-1.25e-18,"));
}

TEST_F(Export, ReplacesNothingWithoutForceAndThenWritesNothing) {
  const auto files = export_case(request(Format::ovf));
  std::filesystem::remove(files[0]);
  EXPECT_THAT([&] { export_case(request(Format::ovf)); },
              ThrowsMessage<InputError>(HasSubstr("synapse_case0001_snapshot01.ovf is there already; use --force")));
  EXPECT_FALSE(std::filesystem::exists(files[0]));
  auto again = request(Format::ovf);
  again.force = true;
  EXPECT_EQ(export_case(again).size(), 3U);
}

TEST_F(Export, RefusesACaseThatIsNotThereOrNotDone) {
  auto wanted = request(Format::csv);
  wanted.index = 3;
  EXPECT_THAT([&] { export_case(wanted); },
              ThrowsMessage<InputError>(HasSubstr("there is no case 3 of the synapse, expected 0 to 2")));
  wanted.index = 0;
  EXPECT_THAT([&] { export_case(wanted); }, ThrowsMessage<InputError>(HasSubstr("case 0 of the synapse is not done")));
  wanted.device = "neuron";
  EXPECT_THAT([&] { export_case(wanted); }, ThrowsMessage<InputError>(HasSubstr("the study has no neuron")));
  wanted.results_file = folder_.file("nothing.h5");
  EXPECT_THROW(export_case(wanted), EnvironmentError);
}

TEST_F(Export, SaysWhenTheFolderCannotBeMade) {
  auto wanted = request(Format::csv);
  wanted.folder = results_;
  EXPECT_THROW(export_case(wanted), EnvironmentError);
}

TEST(Base64, EncodesTheExamplesOfRfc4648) {
  const auto encode = [](const std::string& text) { return base64(std::as_bytes(std::span(text))); };
  EXPECT_EQ(encode(""), "");
  EXPECT_EQ(encode("f"), "Zg==");
  EXPECT_EQ(encode("fo"), "Zm8=");
  EXPECT_EQ(encode("foo"), "Zm9v");
  EXPECT_EQ(encode("foob"), "Zm9vYg==");
  EXPECT_EQ(encode("fooba"), "Zm9vYmE=");
  EXPECT_EQ(encode("foobar"), "Zm9vYmFy");
}

}  // namespace
}  // namespace spinsweep::exports
