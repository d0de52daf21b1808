#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "parallel/agree.hpp"
#include "store/results_file.hpp"
#include "study/read_study.hpp"
#include "sweep/network_runs.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::sweep {
namespace {

/// Tiny devices, and two data sets of their own size and number of classes.
constexpr const char* study_text = R"(
[study]
name = "tiny"
[material]
anisotropy = 1.0e6
damping = 0.6
[neuron]
cell = 16e-9
pulse = { duration = 1e-9 }
[neuron.sweep]
"pulse.current_density" = [0.1e12, 0.2e12, 0.3e12, 0.45e12]
[synapse]
cell = 15e-9
wall = { relax = false }
pulse = { duration = 50e-12, rest = 0.0 }
[synapse.sweep]
"notches.count" = [2, 3]
[network]
datasets = ["bright", "dark"]
hidden = [10]
seeds = 2
epochs = 2
fine_tune_epochs = 1
on_level_epochs = 2
mapping = ["max_abs", "mean_square+pair"]
chips = 2
device_spread = 0.1
read_noise = 0.05
)";

std::string big_endian(std::uint32_t number) {
  return {static_cast<char>(number >> 24U), static_cast<char>(number >> 16U), static_cast<char>(number >> 8U),
          static_cast<char>(number)};
}

/// Images of 4 x 5 pixels whose class lights a row.
void write_data_set(const std::filesystem::path& folder, unsigned classes, unsigned brightness) {
  std::filesystem::create_directories(folder);
  std::mt19937 generator(brightness);
  for (const auto& [part, count] : {std::pair<std::string, unsigned>{"train", 300}, {"t10k", 100}}) {
    std::ofstream images(folder / (part + "-images-idx3-ubyte"), std::ios::binary);
    std::ofstream labels(folder / (part + "-labels-idx1-ubyte"), std::ios::binary);
    images << big_endian(0x803) << big_endian(count) << big_endian(4) << big_endian(5);
    labels << big_endian(0x801) << big_endian(count);
    for (unsigned k = 0; k < count; ++k) {
      const unsigned label = k % classes;
      labels << static_cast<char>(label);
      for (unsigned pixel = 0; pixel < 20; ++pixel) {
        images << static_cast<char>(generator() % 60 + (pixel / 5 == label ? brightness : 0));
      }
    }
  }
}

class NetworkStage : public testing::Test {
 protected:
  NetworkStage() {
    auto number = static_cast<int>(getpid());
    MPI_Bcast(&number, 1, MPI_INT, 0, world.get());
    folder = std::filesystem::temp_directory_path() / ("spinsweep-network-" + std::to_string(number));
    parallel::agree_on(world, [&] {
      if (world.rank() == 0) {
        write_data_set(folder / "bright", 4, 180);
        write_data_set(folder / "dark", 3, 90);
        std::ofstream(folder / "tiny.toml") << study_text;
      }
    });
  }
  ~NetworkStage() override {
    world.barrier();
    if (world.rank() == 0) {
      std::filesystem::remove_all(folder);
    }
  }

  RunOutcome run(const std::string& file, const std::vector<std::string>& overrides = {}, Stage stage = Stage::all) {
    RunRequest request;
    request.stage = stage;
    request.sweep_file = folder / "tiny.toml";
    request.results_file = folder / file;
    request.overrides = overrides;
    request.overrides.push_back("network.data_folder=\"" + folder.string() + "\"");
    return run_study(request, world);
  }

  [[nodiscard]] std::vector<double> read(const std::string& file, const std::string& variable) const {
    return store::ResultsFile::open_for_reading(folder / file).read<double>(variable);
  }

  parallel::Communicator world = parallel::Communicator(MPI_COMM_WORLD);
  std::filesystem::path folder;
};

TEST_F(NetworkStage, GivesTheSameAccuraciesHoweverTheRanksAreGrouped) {
  (void)run("each.h5", {"network.ranks_per_model=1"});
  const RunOutcome outcome = run("all.h5", {"network.ranks_per_model=" + std::to_string(world.size())});
  for (const std::string variable :
       {"test_accuracy", "snapped_accuracy", "chip_accuracy", "baseline/control_accuracy"}) {
    const auto each = read("each.h5", "/network/" + variable);
    const auto all = read("all.h5", "/network/" + variable);
    for (std::size_t k = 0; k < each.size(); ++k) {
      EXPECT_TRUE(each[k] == all[k] || (std::isnan(each[k]) && std::isnan(all[k]))) << variable << " " << k;
    }
  }
  EXPECT_EQ(outcome.report.find("levels used by layer: quantized ") == std::string::npos, world.rank() != 0);
  for (const double accuracy : read("all.h5", "/network/test_accuracy")) {
    EXPECT_GT(accuracy, 0.2);
  }
}

TEST_F(NetworkStage, GoesOnWithWhatIsNotDoneAndTouchesNothingElse) {
  (void)run("again.h5");
  const auto before = read("again.h5", "/network/test_accuracy");
  const double mark = 0.125;
  {
    // The last scheme of the first run is to be done again; what the others wrote carries a mark.
    auto file = store::ResultsFile::open_for_writing(folder / "again.h5", world);
    if (world.rank() == 0) {
      for (std::uint64_t scheme = 0; scheme < 4; ++scheme) {
        file.write<double>("/network/test_accuracy", {0, 0, 0, 0, 0, scheme}, {1, 1, 1, 1, 1, 1}, std::span(&mark, 1));
      }
      file.write<double>("/network/baseline/test_accuracy", {0, 0, 0}, {1, 1, 1}, std::span(&mark, 1));
      file.commit_case("/network/status", {0, 0, 0, 0, 0, 3}, store::CaseStatus::waiting);
    }
    file.close();
  }
  (void)run("again.h5");
  const auto after = read("again.h5", "/network/test_accuracy");
  EXPECT_EQ(after[0], mark);
  EXPECT_EQ(after[1], mark);
  EXPECT_EQ(after[2], mark);
  EXPECT_EQ(after[3], before[3]) << "trained again from the same baseline, it must come out the same";
  EXPECT_EQ(after[4], before[4]);
  EXPECT_EQ(read("again.h5", "/network/baseline/test_accuracy")[0], mark) << "the baseline was trained again";
}

TEST_F(NetworkStage, TakesAnyNumberOfHiddenLayersAndDataSetsOfAnySizeAndNumberOfClasses) {
  for (const std::string hidden : {"[]", "[16, 12, 8]"}) {
    const std::string file = "hidden" + std::to_string(hidden.size()) + ".h5";
    (void)run(file, {"network.hidden=" + hidden, "network.seeds=1", "network.chips=0", "network.epochs=60",
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
    (void)run(start + ".h5", {"network.datasets=[\"bright\"]", "network.seeds=1", "network.chips=0",
                              "network.mapping=\"max_abs\"", "network.schemes=[\"quantized\", \"fine_tuned\"]",
                              "network.epochs=20", "network.learning_rate=1e-2", "network.on_level_epochs=1",
                              "network.fine_tune_learning_rate=1e-9", "network.fine_tune_start=\"" + start + "\""});
  };
  fine_tune("quantized");
  fine_tune("bias_corrected");
  // [variant][scheme: fp32, quantized, fine_tuned], and of the losses [epoch].
  const auto accuracy = read("quantized.h5", "/network/test_accuracy");
  EXPECT_EQ(accuracy.at(2), accuracy.at(1)) << "with next to no learning rate, a network stays what it was";
  const double plain_loss = read("quantized.h5", "/network/loss").at(40);
  const double corrected_loss = read("bias_corrected.h5", "/network/loss").at(40);
  EXPECT_NE(corrected_loss, plain_loss);
  EXPECT_EQ(read("bias_corrected.h5", "/network/test_accuracy").at(1), accuracy.at(1));
}

/// Trainings of 60 steps an epoch, looked at before every sixteenth, that are stopped in the midst of the second epoch.
class InterruptedNetworkStage : public NetworkStage {
 protected:
  const std::vector<std::string> overrides = {"network.batch_size=5", "network.datasets=[\"bright\"]",
                                              "network.seeds=1", "network.chips=0"};

  /// Works on the file like the network stage until asked to stop at this look.
  void work_until(const std::string& name, int look,
                  const std::function<void(NetworkRuns&, const LoadedDataSet&)>& work) {
    std::vector<std::string> all = overrides;
    all.push_back("network.data_folder=\"" + folder.string() + "\"");
    const study::Study study = study::read_study((folder / "tiny.toml").string(), all);
    auto file = store::ResultsFile::open_for_writing(folder / name, world);
    const LoadedDataSet set(network::read_data_set(folder / "bright", "bright"));
    {
      TrainingCheckpoints checkpoints(file, world);
      Progress progress("network", {.pieces = 1, .cost = 1.0}, world);
      NetworkRuns runs(
          study, file, world, checkpoints, [&looks = looks, look] { return ++looks == look; }, progress);
      looks = 0;
      EXPECT_THROW(work(runs, set), Interrupted);
    }
    file.close();
  }

  void expect_same(const std::string& a, const std::string& b) const {
    for (const std::string variable : {"test_accuracy", "snapped_accuracy", "loss", "baseline/loss",
                                       "baseline/control_accuracy", "baseline/control_loss"}) {
      const auto left = read(a, "/network/" + variable);
      const auto right = read(b, "/network/" + variable);
      ASSERT_EQ(left.size(), right.size());
      for (std::size_t k = 0; k < left.size(); ++k) {
        EXPECT_TRUE(left[k] == right[k] || (std::isnan(left[k]) && std::isnan(right[k]))) << variable << " " << k;
      }
    }
  }

  int looks = 0;
};

TEST_F(InterruptedNetworkStage, GoesOnInsideATrainingAndEndsWithTheSameNumbers) {
  (void)run("whole.h5", overrides);
  (void)run("parts.h5", overrides, Stage::device);
  const auto coefficients = read("whole.h5", "/variants/activation_coefficient");
  const BaselineIndex baseline = {0, 0, 0};
  work_until("parts.h5", 5,
             [&](NetworkRuns& runs, const LoadedDataSet& set) { runs.train_baseline(set, coefficients, baseline); });
  // Of the first 60 steps the loss is known; it is read from the checkpoint, which the mark shows.
  const double mark = 0.125;
  {
    auto file = store::ResultsFile::open_for_writing(folder / "parts.h5", world);
    {
      TrainingCheckpoints checkpoints(file, world);
      auto state = checkpoints.take(checkpoints.baseline(baseline), world);
      ASSERT_TRUE(state.has_value());
      EXPECT_EQ(state->step, 64);
      EXPECT_EQ(state->epoch_losses, std::vector<double>{read("whole.h5", "/network/baseline/loss")[0]});
      if (world.rank() == 0) {
        state->epoch_losses[0] = mark;
        checkpoints.save(checkpoints.baseline(baseline), *state);
      }
      world.barrier();
    }
    file.close();
  }
  (void)run("parts.h5", overrides);
  EXPECT_EQ(read("parts.h5", "/network/baseline/loss")[0], mark);
  EXPECT_EQ(read("parts.h5", "/network/baseline/loss")[1], read("whole.h5", "/network/baseline/loss")[1]);
  EXPECT_EQ(read("parts.h5", "/network/baseline/test_accuracy"), read("whole.h5", "/network/baseline/test_accuracy"));
}

TEST_F(InterruptedNetworkStage, GoesOnInsideATrainingOnLevels) {
  (void)run("whole.h5", overrides);
  (void)run("parts.h5", overrides, Stage::device);
  const auto coefficients = read("whole.h5", "/variants/activation_coefficient");
  const auto levels = read("whole.h5", "/variants/level_conductance");
  const auto level_count =
      store::ResultsFile::open_for_reading(folder / "whole.h5").read<std::int32_t>("/variants/levels");
  // 8 looks in FP32, 8 in its control, 4 in fine-tuning, and the sixth of those on levels.
  work_until("parts.h5", 26, [&](NetworkRuns& runs, const LoadedDataSet& set) {
    runs.train_baseline(set, coefficients, {0, 0, 0});
    runs.put_on_device(set, {levels.begin(), levels.begin() + level_count[0]}, {0, 0, 0, 0, 0});
  });
  {
    auto file = store::ResultsFile::open_for_writing(folder / "parts.h5", world);
    {
      TrainingCheckpoints checkpoints(file, world);
      const auto state = checkpoints.take(checkpoints.of_run({0, 0, 0, 0, 0}, 3), world);
      ASSERT_TRUE(state.has_value());
      EXPECT_EQ(state->step, 80);
      EXPECT_FALSE(checkpoints.take(checkpoints.baseline({0, 0, 0}), world).has_value()) << "it is done";
    }
    file.close();
  }
  (void)run("parts.h5", overrides);
  expect_same("parts.h5", "whole.h5");
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
