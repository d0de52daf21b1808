#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "study/read_study.hpp"

namespace spinsweep::study {
namespace {

constexpr const char* devices =
    "[synapse]\n[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n";
constexpr const char* rising = "a header\n1,2\n0,1\n0.1,0.1\n0.2,0.2\n";
constexpr const char* falling = "a header\n1,2\n0,1\n-0.2,-0.2\n-0.1,-0.1\n";

/// Studies of networks that are trained in situ, with their jump tables beside the sweep file.
class InSituStudy : public testing::Test {
 protected:
  InSituStudy() {
    std::filesystem::create_directories(folder / "tables");
    write("tables/up.txt", rising);
    write("tables/down.txt", falling);
  }
  ~InSituStudy() override { std::filesystem::remove_all(folder); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; }

  Study read(const std::string& network, const std::string& before = "") {
    write("study.toml", before + devices + network);
    return read_study((folder / "study.toml").string());
  }

  void expect_refused(const std::string& network, const std::string& phrase, const std::string& before = "") {
    EXPECT_THAT([&] { (void)read(network, before); },
                testing::ThrowsMessage<InputError>(
                    testing::AllOf(testing::HasSubstr("study.toml:"), testing::HasSubstr(phrase))))
        << network;
  }

  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("spinsweep-in-situ-" + std::to_string(getpid()));
  const std::string tables = "jump_table = { increasing = \"tables/up.txt\", decreasing = \"tables/down.txt\" }\n";
  const std::string method = "[[network.deployment]]\nmethod = \"in_situ\"\n";
};

TEST_F(InSituStudy, FindsItsJumpTablesFromTheFolderOfTheSweepFile) {
  const Study study = read("[network]\n" + tables + method);
  const auto& files = study.network.deployments.at(1).settings.jump_table;
  EXPECT_EQ(files.increasing, (folder / "tables/up.txt").string());
  EXPECT_EQ(files.decreasing, (folder / "tables/down.txt").string());
  EXPECT_THAT(files.checksum, testing::StartsWith("crc32 "));
}

TEST_F(InSituStudy, IsTheSameAfterItsResolvedTextIsReadAgain) {
  write("tables/other.txt", "a header\n1,2\n0,1\n0.1,0.1\n0.3,0.2\n");
  const Study study = read("[network]\n" + tables + method + method +
                           "jump_table.increasing = \"tables/other.txt\"\n"
                           "in_situ = { update = \"whole\", ranges = [{ bound = 0.5 }, { bound = 2.0 }] }\n");
  const Study again = parse_study(study.text, "resolved");
  EXPECT_EQ(again.network.deployments, study.network.deployments);
  EXPECT_EQ(again.text, study.text);
  const auto& own = study.network.deployments.at(2).settings.jump_table;
  EXPECT_EQ(own.increasing, (folder / "tables/other.txt").string());
  EXPECT_EQ(own.decreasing, (folder / "tables/down.txt").string());
  EXPECT_NE(own.checksum, study.network.common.jump_table.checksum);
}

TEST_F(InSituStudy, WhoseJumpTableHasChangedIsRefused) {
  const Study study = read("[network]\n" + tables + method);
  write("tables/up.txt", "a header\n1,2\n0,1\n0.1,0.1\n0.2,0.3\n");
  EXPECT_THAT([&] { (void)parse_study(study.text, "stored", {}, NamedFiles::check); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr("they have changed")));
}

TEST_F(InSituStudy, WithoutJumpTablesNeedsPulsesOfTheSynapseBothWays) {
  expect_refused("[network]\n" + method, "has no pulses to draw from; expected network.jump_table, or synapse.pulse");
  expect_refused("[synapse.pulse]\ncount = 5\n[network]\n" + method, "has no pulses to draw from");
  EXPECT_NO_THROW((void)read("[synapse.pulse]\ncount = 5\ndepression = -1\n[network]\n" + method));
  EXPECT_NO_THROW((void)read("[network]\n[[network.deployment]]\nmethod = \"ptq\"\n"));
}

TEST_F(InSituStudy, NeedsTablesThatCanBeReadAndAreNotExchanged) {
  expect_refused("[network]\njump_table.increasing = \"tables/up.txt\"\n" + method,
                 "network.jump_table has no decreasing table");
  expect_refused("[network]\njump_table.decreasing = \"tables/down.txt\"\n" + method, "has no increasing table");
  expect_refused("[network]\njump_table = { increasing = \"none.txt\", decreasing = \"tables/down.txt\" }\n" + method,
                 "none.txt: the jump table cannot be opened");
  expect_refused(
      "[network]\njump_table = { increasing = \"tables/down.txt\", decreasing = \"tables/up.txt\" }\n" + method,
      "increasing and decreasing are exchanged");
  expect_refused(
      "[network]\njump_table = { increasing = \"tables/up.txt\", decreasing = \"tables/up.txt\" }\n" + method,
      "expected a decrease");
  write("tables/up.txt", "a header\n1,2\n0,1\n0.1,0.1\n0.2\n");
  expect_refused("[network]\n" + tables + method, "up.txt:5: 1 change, expected one for each of 2 conductances");
  write("tables/up.txt", "a header\n1,1\n0,1\n0.1,0.1\n0.2,0.2\n");
  expect_refused("[network]\n" + tables + method, "the conductances must ascend");
  expect_refused("[network]\njump_table = \"tables/up.txt\"\n" + method, "6:14: jump_table must be a table");
}

TEST_F(InSituStudy, NeedsSettingsThatMakeSense) {
  const std::string start = "[network]\n" + tables + method;
  expect_refused(start + "in_situ.ranges = [{ bound = 1.0 }]\n",
                 "has 1 bound, expected one for each of the 2 layers of the network");
  expect_refused(start + "in_situ.ranges = [{ bound = 0 }, { bound = 1 }]\n", "expected a positive number");
  expect_refused(start + "in_situ.ranges = [{ }, { bound = 1 }]\n", "in_situ.ranges[0] has no bound");
  expect_refused(start + "in_situ.headroom = 0.5\n", "expected 0 to 0.45");
  expect_refused(start + "in_situ.epochs = 0\n", "expected 1 to");
  expect_refused(start + "in_situ.learning_rate = -0.1\n", "expected a positive number");
  expect_refused(start + "in_situ.update = \"random\"\n", "scaled, whole, exact");
}

TEST_F(InSituStudy, WithNoiseOfItsNeuronsNeedsRealisationsAndDeviceSamples) {
  const std::string noisy = "[network]\nneuron_noise = \"simulated\"\n";
  expect_refused(noisy + "device_samples = 2\n", "expected neuron.thermal.realizations > 1");
  const std::string warm = "[material]\ntemperature = 300\n";
  const std::string many = "[neuron.thermal]\nrealizations = 3\n";
  expect_refused(many + noisy, "expected network.device_samples > 0", warm);
  EXPECT_NO_THROW((void)read(many + noisy + "device_samples = 2\n", warm));
}

TEST_F(InSituStudy, WithQuantisationThatKnowsTheErrorsOfWritingNeedsSuchErrors) {
  const std::string aware = "[network]\nqat_noise = \"device\"\n";
  expect_refused(aware, "the deployment \"qat mse\" has none; expected device_errors");
  expect_refused(aware + "read_noise = 0.1\n", "the deployment \"qat mse\" has none");
  EXPECT_NO_THROW((void)read(aware + "programming_noise = 0.1\n"));
  EXPECT_NO_THROW((void)read(aware + "[[network.deployment]]\nmethod = \"ptq\"\n"));
}

}  // namespace
}  // namespace spinsweep::study
