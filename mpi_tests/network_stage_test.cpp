#include "network_stage.hpp"

#include <cmath>

#include "base/error.hpp"
#include "store/case_status.hpp"

namespace spinsweep::sweep {
namespace {

TEST_F(NetworkStage, GivesTheSameAccuraciesHoweverTheRanksAreGrouped) {
  (void)run("each.h5", {"network.ranks_per_model=1"});
  const RunOutcome outcome = run("all.h5", {"network.ranks_per_model=" + std::to_string(world.size())});
  for (const std::string variable :
       {"test_accuracy", "requantized_accuracy", "device_sample_accuracy", "baseline/control_accuracy"}) {
    const auto each = read("each.h5", "/network/" + variable);
    const auto all = read("all.h5", "/network/" + variable);
    for (std::size_t k = 0; k < each.size(); ++k) {
      EXPECT_TRUE(each[k] == all[k] || (std::isnan(each[k]) && std::isnan(all[k]))) << variable << " " << k;
    }
  }
  EXPECT_EQ(outcome.report.find("levels by layer") == std::string::npos, world.rank() != 0);
  for (const double accuracy : read("all.h5", "/network/test_accuracy")) {
    EXPECT_GT(accuracy, 0.2);
  }
}

TEST_F(NetworkStage, TrainsInSituTheSameHoweverTheRanksAreGrouped) {
  auto overrides = in_situ;
  overrides.emplace_back("network.ranks_per_model=1");
  (void)run("each.h5", overrides);
  overrides.back() = "network.ranks_per_model=" + std::to_string(world.size());
  EXPECT_FALSE(run("all.h5", overrides).failures);
  for (const std::string variable : {"test_accuracy", "loss", "training_pulses", "inference_energy"}) {
    const auto each = read("each.h5", "/network/" + variable);
    const auto all = read("all.h5", "/network/" + variable);
    for (std::size_t k = 0; k < each.size(); ++k) {
      EXPECT_TRUE(each[k] == all[k] || (std::isnan(each[k]) && std::isnan(all[k]))) << variable << " " << k;
    }
  }
  const auto pulses = read("all.h5", "/network/training_pulses");
  const auto energies = read("all.h5", "/network/inference_energy");
  const auto accuracies = read("all.h5", "/network/test_accuracy");
  for (std::size_t k = 0; k < pulses.size(); ++k) {
    EXPECT_EQ(std::isnan(pulses[k]), k % 3 == 0) << "the floating-point network has no devices";
    EXPECT_EQ(std::isnan(energies[k]), k % 3 == 0);
    EXPECT_TRUE(k % 3 == 0 || pulses[k] > 0.0);
    EXPECT_GT(accuracies[k], 0.2);
  }
}

TEST_F(NetworkStage, DrawsFromThePulsesOfTheSynapseWhereNoTableIsGiven) {
  const std::vector<std::string> own_pulses = {"material.temperature=300", "synapse.thermal.realizations=3",
                                               "synapse.pulse={duration=50e-12,relaxation=0.0,count=4,depression=-1}",
                                               in_situ.back()};
  EXPECT_FALSE(run("own.h5", own_pulses).failures);
  const auto pulses = read("own.h5", "/network/training_pulses");
  EXPECT_GT(pulses[1], 0.0);
}

TEST_F(NetworkStage, GoesOnWithWhatIsNotDoneAndTouchesNothingElse) {
  (void)run("again.h5");
  const auto before = read("again.h5", "/network/test_accuracy");
  const double mark = 0.125;
  {
    // The last deployment of the first run is to be done again; what the others wrote carries a mark.
    auto file = store::ResultsFile::open_for_writing(folder / "again.h5", world);
    if (world.rank() == 0) {
      for (std::uint64_t deployment = 0; deployment < 7; ++deployment) {
        file.write<double>("/network/test_accuracy", {0, 0, 0, 0, deployment}, {1, 1, 1, 1, 1}, std::span(&mark, 1));
      }
      file.write<double>("/network/baseline/test_accuracy", {0, 0, 0}, {1, 1, 1}, std::span(&mark, 1));
      file.write<std::int8_t>("/network/status", {0, 0, 0, 0, 6}, {1, 1, 1, 1, 1},
                              std::vector{static_cast<std::int8_t>(store::CaseStatus::waiting)});
    }
    file.close();
  }
  (void)run("again.h5");
  const auto after = read("again.h5", "/network/test_accuracy");
  for (std::size_t deployment = 0; deployment < 6; ++deployment) {
    EXPECT_EQ(after[deployment], mark);
  }
  EXPECT_EQ(after[6], before[6]) << "trained again from the same baseline, it must come out the same";
  EXPECT_EQ(after[7], before[7]);
  EXPECT_EQ(read("again.h5", "/network/baseline/test_accuracy")[0], mark) << "the baseline was trained again";
}

TEST_F(NetworkStage, TakesAnyNumberOfHiddenLayersAndDataSetsOfAnySizeAndNumberOfClasses) {
  for (const std::string hidden : {"[]", "[16, 12, 8]"}) {
    const std::string file = "hidden" + std::to_string(hidden.size()) + ".h5";
    (void)run(file, {"network.hidden=" + hidden, "network.seeds=1", "network.device_samples=0", "network.epochs=60",
                     "network.learning_rate=1e-2"});
    const auto results = store::ResultsFile::open_for_reading(folder / file);
    EXPECT_EQ(results.read<std::int64_t>("/network/class_count"), (std::vector<std::int64_t>{4, 3}));
    EXPECT_EQ(results.read<std::int64_t>("/network/test_image_count"), (std::vector<std::int64_t>{100, 100}));
    for (const double accuracy : read(file, "/network/baseline/test_accuracy")) {
      EXPECT_GT(accuracy, 0.8) << "hidden = " << hidden;
    }
  }
}

TEST_F(NetworkStage, FineTuningStartsFromTheQuantisedNetworkOrThatWithItsBiasesCorrected) {
  const auto fine_tune = [&](const std::string& start) {
    (void)run(start + ".h5", {"network.datasets=[\"bright\"]", "network.seeds=1", "network.device_samples=0",
                              "network.deployment=[{ method = [\"ptq\", \"fine_tuned\"], mapping = \"max_abs\" }]",
                              "network.epochs=20", "network.learning_rate=1e-2", "network.qat_epochs=1",
                              "network.fine_tune_learning_rate=1e-9", "network.fine_tune_start=\"" + start + "\""});
  };
  fine_tune("ptq");
  fine_tune("bias_corrected");
  // [variant][deployment: fp32, ptq, fine_tuned], and of the losses [epoch].
  const auto accuracy = read("ptq.h5", "/network/test_accuracy");
  EXPECT_EQ(accuracy.at(2), accuracy.at(1)) << "with next to no learning rate, a network stays what it was";
  const double plain_loss = read("ptq.h5", "/network/loss").at(40);
  const double corrected_loss = read("bias_corrected.h5", "/network/loss").at(40);
  EXPECT_NE(corrected_loss, plain_loss);
  EXPECT_EQ(read("bias_corrected.h5", "/network/test_accuracy").at(1), accuracy.at(1));
}

TEST_F(NetworkStage, PutsAFineTunedNetworkBackOnItsLevelsBeforeItDrawsDeviceSamples) {
  (void)run("device_samples.h5",
            {"network.datasets=[\"bright\"]", "network.seeds=1",
             "network.deployment=[{ method = [\"fine_tuned\"], mapping = [\"max_abs\", \"mse+differential_pair\"] }]",
             "network.device_to_device_sigma=0.0", "network.read_noise=0.0", "network.fine_tune_epochs=20"});
  // [variant][deployment: fp32, both mappings], and of the samples [sample].
  const auto requantized = read("device_samples.h5", "/network/requantized_accuracy");
  const auto accuracy = read("device_samples.h5", "/network/test_accuracy");
  const auto samples = read("device_samples.h5", "/network/device_sample_accuracy");
  ASSERT_EQ(samples.size(), 2 * requantized.size());
  bool differs = false;
  for (std::size_t k = 0; k < requantized.size(); ++k) {
    if (k % 3 > 0) {
      EXPECT_EQ(samples[2 * k], requantized[k]) << "a sample without errors is the network itself";
      differs = differs || requantized[k] != accuracy[k];
    }
  }
  EXPECT_TRUE(differs) << "the free weights would do as well";
  for (const std::int32_t used :
       store::ResultsFile::open_for_reading(folder / "device_samples.h5").read<std::int32_t>("/network/levels_used")) {
    EXPECT_EQ(used, 0) << "what is on no levels uses none";
  }
}

TEST_F(NetworkStage, TrainsOneControlForAllDeploymentsThatTrainForAsLong) {
  (void)run("controls.h5", {"network.deployment=[{ method = [\"ptq\", \"fine_tuned\", \"qat\"], mapping = "
                            "[\"max_abs\", \"mse+differential_pair\"] }]",
                            "network.seeds=1", "network.datasets=[\"bright\"]", "network.device_samples=0"});
  const auto results = store::ResultsFile::open_for_reading(folder / "controls.h5");
  const auto done = static_cast<std::int8_t>(store::CaseStatus::done);
  EXPECT_EQ(results.read<std::int8_t>("/network/baseline/control_status"), (std::vector<std::int8_t>{done, done}));
  EXPECT_EQ(results.read<std::int64_t>("/network/deployment_control"),
            (std::vector<std::int64_t>{-1, -1, 0, 1, -1, 0, 1}));
  // [control: of fine_tuned, of qat][epoch]: one epoch of fine-tuning and two on levels.
  const auto loss = read("controls.h5", "/network/baseline/control_loss");
  ASSERT_EQ(loss.size(), 4);
  for (std::size_t k = 0; k < loss.size(); ++k) {
    EXPECT_EQ(std::isfinite(loss[k]), k != 1) << k;
  }
}

TEST_F(NetworkStage, TheControlsContinueFromTheBaselineAsTheirDeploymentsDo) {
  const std::vector<std::string> common = {
      "network.deployment=[{ method = [\"fine_tuned\", \"qat\"], mapping = [\"max_abs\", \"mse+differential_pair\"] }]",
      "network.seeds=1", "network.datasets=[\"bright\"]", "network.device_samples=0"};
  auto alike = common;
  alike.insert(alike.end(), {"network.fine_tune_epochs=2", "network.qat_learning_rate=1e-2"});
  (void)run("alike.h5", alike);
  (void)run("still.h5", [&] {
    auto still = common;
    still.insert(still.end(), {"network.fine_tune_learning_rate=1e-9", "network.qat_learning_rate=1e-9"});
    return still;
  }());
  // [control: of fine_tuned, of qat][epoch]
  const auto loss = read("alike.h5", "/network/baseline/control_loss");
  EXPECT_NEAR(loss.at(0), loss.at(2), 0.1 * loss.at(2)) << "only the order of the samples differs";
  EXPECT_NE(loss.at(0), loss.at(2));
  const double baseline = read("still.h5", "/network/baseline/test_accuracy").at(0);
  EXPECT_EQ(read("still.h5", "/network/baseline/control_accuracy").at(0), baseline);
  EXPECT_EQ(read("still.h5", "/network/baseline/control_accuracy").at(1), baseline);
}

TEST_F(NetworkStage, DeploymentsThatDifferInNoiseAloneShareTheirTraining) {
  (void)run("shared.h5", {"network.deployment=[{ method = \"qat\", mapping = [\"mse\", \"max_abs\"] }, { method = "
                          "\"qat\", mapping = \"mse\", read_noise = 0.9 }]",
                          "network.seeds=1", "network.datasets=[\"bright\"]"});
  const auto results = store::ResultsFile::open_for_reading(folder / "shared.h5");
  EXPECT_EQ(results.read_text("/network/deployment_name", 3), "qat mse, read_noise = 0.9");
  // [variant][deployment: fp32, qat three times], and of the losses [epoch], of the samples [sample].
  const auto loss = read("shared.h5", "/network/loss");
  const auto accuracy = read("shared.h5", "/network/test_accuracy");
  const auto samples = read("shared.h5", "/network/device_sample_accuracy");
  for (std::size_t k = 2; k < 4; ++k) {
    EXPECT_EQ(accuracy.at(k), accuracy.at(1));
    EXPECT_EQ(loss.at(2 * k + 1), loss.at(3));
  }
  EXPECT_EQ(samples.at(4), samples.at(2)) << "the same network on the same devices";
  EXPECT_NE(samples.at(6), samples.at(2)) << "on noisier devices";
}

TEST_F(NetworkStage, AStudyWithoutFurtherTrainingHasNoControls) {
  const RunOutcome outcome =
      run("ptq.h5", {"network.deployment=[{ method = \"ptq\" }]", "network.seeds=1", "network.datasets=[\"bright\"]"});
  EXPECT_FALSE(outcome.failures);
  const auto results = store::ResultsFile::open_for_reading(folder / "ptq.h5");
  EXPECT_FALSE(results.exists("/network/baseline/control_status"));
  EXPECT_EQ(results.read<std::int64_t>("/network/deployment_control"), (std::vector<std::int64_t>{-1, -1}));
}

TEST_F(NetworkStage, TellsOfADataSetThatCannotBeReadOnEveryRank) {
  world.barrier();
  if (world.rank() == 0) {
    std::filesystem::remove(folder / "dark" / "train-images-idx3-ubyte");
  }
  world.barrier();
  EXPECT_THROW((void)run("broken.h5"), EnvironmentError);
}

}  // namespace
}  // namespace spinsweep::sweep
