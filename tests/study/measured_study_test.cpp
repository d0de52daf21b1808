#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "study/network_devices.hpp"
#include "study/read_study.hpp"
#include "study/resolved_text.hpp"

namespace spinsweep::study {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr const char* two_levels = "level,device,conductance\n0,a,1\n0,b,2\n1,a,8\n1,b,9\n";
constexpr const char* neuron =
    "[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n[network]\n";
constexpr const char* measured = "[[network.measured_devices]]\nfile = \"die 1.csv\"\n";

/// Studies whose network has measured devices, or was trained elsewhere, with the files beside the sweep file.
class MeasuredStudy : public testing::Test {
 protected:
  MeasuredStudy() {
    std::filesystem::create_directories(folder);
    write("die 1.csv", two_levels);
  }
  ~MeasuredStudy() override { std::filesystem::remove_all(folder); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; }

  Study read(const std::string& text) {
    write("study.toml", text);
    return read_study((folder / "study.toml").string());
  }

  void expect_refused(const std::string& text, const std::string& phrase) {
    EXPECT_THAT([&] { (void)read(text); },
                ThrowsMessage<InputError>(AllOf(HasSubstr("study.toml:"), HasSubstr(phrase))))
        << text;
  }

  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("spinsweep-measured-" + std::to_string(getpid()));
  const std::string alone = std::string("[network]\nactivation = \"relu\"\n") + measured;
};

TEST_F(MeasuredStudy, NeedsNoDeviceThatIsSimulated) {
  const Study study = read(alone + "unit = 1e-6\n");
  EXPECT_TRUE(study.devices.empty());
  EXPECT_EQ(weight_variant_count(study), 1U);
  EXPECT_EQ(neuron_variant_count(study), 1U);
  EXPECT_THAT(study.measured.at(0).means, testing::ElementsAre(testing::DoubleEq(1.5e-6), testing::DoubleEq(8.5e-6)));
  EXPECT_EQ(study.network.level_source, "measured");
}

TEST_F(MeasuredStudy, NotesNameChecksumLevelsAndDevicesOfItsFiles) {
  const Study study = read(alone);
  const network::MeasuredFile& file = study.network.measured_devices.at(0);
  EXPECT_EQ(file.file, (folder / "die 1.csv").string());
  EXPECT_EQ(file.name, "die_1") << "results files end a name at a blank";
  EXPECT_THAT(file.checksum, testing::StartsWith("crc32 "));
  EXPECT_EQ(file.levels, 2);
  EXPECT_EQ(file.devices, 2);
}

TEST_F(MeasuredStudy, HasAVariantForEachFile) {
  write("b.csv", "level,device,conductance\n0,a,1\n1,a,2\n2,a,4\n");
  const Study study = read(alone + "[[network.measured_devices]]\nfile = \"b.csv\"\nname = \"other\"\n");
  EXPECT_EQ(weight_variant_count(study), 2U);
  EXPECT_THAT(weight_variant_names(study), testing::ElementsAre("measured devices die_1", "measured devices other"));
}

TEST_F(MeasuredStudy, MayHaveASimulatedNeuron) {
  const Study study = read(std::string(neuron) + measured);
  EXPECT_EQ(study.devices.size(), 1U);
  EXPECT_FALSE(has_ideal_neurons(study));
}

TEST_F(MeasuredStudy, IdealNeuronsGoWithASimulatedSynapseToo) {
  const Study study = read("[synapse]\n[network]\nactivation = \"relu\"\n");
  EXPECT_FALSE(has_measured_weights(study));
  EXPECT_EQ(neuron_variant_count(study), 1U);
}

TEST_F(MeasuredStudy, IsTheSameAfterItsResolvedTextIsReadAgain) {
  for (const std::string& text : {alone, std::string(neuron) + measured}) {
    const Study study = read(text + "[[network.deployment]]\nmethod = \"ptq\"\ndevice_errors = \"measured\"\n");
    EXPECT_EQ(parse_study(study.text, "resolved").text, study.text);
  }
}

TEST_F(MeasuredStudy, IsAnotherOneIfAConductanceInItsFileHasChanged) {
  const std::string before = read(alone).text;
  write("die 1.csv", "level,device,conductance\n0,a,1\n0,b,2\n1,a,8\n1,b,7\n");
  EXPECT_NE(first_difference(before, read(alone).text).first, "");
}

TEST_F(MeasuredStudy, IsRefusedIfItsFileIsNotTheOneThatWasNoted) {
  const std::string noted = read(alone).network.measured_devices[0].checksum;
  EXPECT_NO_THROW((void)read(alone + fmt::format("checksum = \"{}\"\nlevels = 2\ndevices = 2\n", noted)));
  expect_refused(alone + "checksum = \"crc32 00000000\"\n", "expected crc32 00000000: it has changed");
  expect_refused(alone + "levels = 3\n", "has the number of levels 2, expected 3");
  expect_refused(alone + "devices = 1\n", "has the number of devices 2, expected 1");
}

TEST_F(MeasuredStudy, IsRefusedWithAFileThatCannotBeUsed) {
  expect_refused("[network]\nactivation = \"relu\"\nmeasured_devices = [{ file = \"none.csv\" }]\n", "cannot be read");
  expect_refused("[network]\nactivation = \"relu\"\nmeasured_devices = [{ name = \"a\" }]\n", "has no file");
  expect_refused("[network]\nactivation = \"relu\"\nmeasured_devices = [{ file = \"die 1.csv\", unit = 0 }]\n",
                 "expected a positive number");
  expect_refused("[network]\nactivation = \"relu\"\nmeasured_devices = \"die 1.csv\"\n", "must be a list of tables");
  write("die 1.csv", "level,device,conductance\n0,a,1\n");
  expect_refused(alone, "die 1.csv: there is only one level");
}

TEST_F(MeasuredStudy, IsRefusedWithNamesThatDoNotTellItsFilesApart) {
  expect_refused(alone + measured, "two of network.measured_devices are called die_1");
  expect_refused(alone + "name = \"die 1\"\n", "has other characters than");
}

TEST_F(MeasuredStudy, IsRefusedWithDevicesThatChangeNothing) {
  expect_refused("[synapse]\n" + alone, "either a section [synapse] or network.measured_devices");
  expect_refused(std::string(neuron) + "activation = \"relu\"\n" + measured, "either a section [neuron] or");
  expect_refused("[material]\ndmi = 1e-3\n" + alone, "[material] changes nothing");
}

TEST_F(MeasuredStudy, IsRefusedWithoutWhatItsNetworkNeeds) {
  expect_refused(std::string("[network]\n") + measured, "either a section [neuron] or network.activation = \"relu\"");
  expect_refused("[network]\nactivation = \"relu\"\n", "either a section [synapse] or network.measured_devices");
  expect_refused(alone + "[[network.deployment]]\nmethod = \"in_situ\"\n", "has no pulses to draw from");
}

TEST_F(MeasuredStudy, IsRefusedWithSettingsThatNeedASimulatedSynapse) {
  const auto with = [&](const std::string& key) { return "[network]\nactivation = \"relu\"\n" + key + measured; };
  expect_refused(with("level_source = \"after_pulse\"\n"), "network.level_source is \"after_pulse\"");
  expect_refused(with("retention = \"simulated\"\ndevice_samples = 2\n"), "needs a section [synapse]");
  expect_refused(with("device_errors = \"simulated\"\n"), "draws from the writes of the levels");
}

TEST_F(MeasuredStudy, ASimulatedSynapseHasNoMeasuredLevelsOrErrors) {
  const std::string simulated = "[synapse]\n[network]\nactivation = \"relu\"\n";
  expect_refused(simulated + "level_source = \"measured\"\n", "there are no measured devices");
  expect_refused(simulated + "device_errors = \"measured\"\n", "expected network.measured_devices");
}

TEST_F(MeasuredStudy, TheFileOfATrainedNetworkCountsByItsContent) {
  const std::string model = (folder / "net.safetensors").string();
  const auto study_text = [&](const std::string& more = "") {
    return fmt::format("[network]\nactivation = \"relu\"\nmodel_file = \"{}\"\n{}{}", model, more, measured);
  };
  write("net.safetensors", "one");
  const Study first = read(study_text());
  EXPECT_THAT(first.network.model_file_checksum, testing::StartsWith("crc32 "));
  EXPECT_EQ(parse_study(first.text, "resolved").text, first.text);
  write("net.safetensors", "two");
  EXPECT_NE(first_difference(first.text, read(study_text()).text).first, "");
  expect_refused(study_text(fmt::format("model_file_checksum = \"{}\"\n", first.network.model_file_checksum)),
                 "it has changed");
  std::filesystem::remove(model);
  expect_refused(study_text(), "network.model_file: ");
}

}  // namespace
}  // namespace spinsweep::study
