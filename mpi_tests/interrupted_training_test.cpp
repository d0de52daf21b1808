#include <algorithm>
#include <cmath>
#include <limits>

#include "base/interruption.hpp"
#include "layout/results_schema.hpp"
#include "network_stage.hpp"
#include "study/read_study.hpp"
#include "training/network_runs.hpp"

namespace spinsweep::sweep {
namespace {

/// Trainings of 60 steps an epoch, looked at at the beginning and before every sixteenth, that are stopped in the midst
/// of the second epoch.
class InterruptedNetworkStage : public NetworkStage {
 protected:
  std::vector<std::string> overrides = {"network.batch_size=5", "network.datasets=[\"bright\"]", "network.seeds=1",
                                        "network.device_samples=0"};

  /// Works on the file like the network stage until asked to stop at this look.
  void work_until(const std::string& name, int look,
                  const std::function<void(training::NetworkRuns&, const training::LoadedDataSet&)>& work) {
    std::vector<std::string> all = overrides;
    all.push_back("network.data_folder=\"" + folder.string() + "\"");
    const study::Study study = study::read_study((folder / "tiny.toml").string(), all);
    results::Results results(store::ResultsFile::open_for_writing(folder / name, world), study, layout::results_table(),
                             world);
    const training::LoadedDataSet set(network::read_data_set(folder / "bright", "bright"));
    {
      training::TrainingCheckpoints checkpoints(results, world);
      const engine::TaskGroup group = engine::TaskGroup::one_of(world, 1);
      engine::Worker worker("network", group, {.pieces = 1, .cost = 1.0}, world,
                            std::numeric_limits<std::int64_t>::max(),
                            [&looks = looks, look] { return ++looks == look; });
      training::BaselineMemory memory;
      training::NetworkRuns runs(study, results, checkpoints, memory, worker);
      looks = 0;
      EXPECT_THROW(work(runs, set), Interrupted);
    }
    results.file().close();
  }

  /// The file of a study, open for writing.
  results::Results open(const std::string& name) {
    auto file = store::ResultsFile::open_for_writing(folder / name, world);
    study::Study study = results::read_stored_study(file, layout::results_table());
    return {std::move(file), std::move(study), layout::results_table(), world};
  }

  /// Of the first synapse variant, S.
  std::vector<double> levels_in(const std::string& name) const {
    auto levels = read(name, "/variants/level_conductance");
    const auto count = store::ResultsFile::open_for_reading(folder / name).read<std::int32_t>("/variants/levels");
    levels.resize(static_cast<std::size_t>(count[0]));
    return levels;
  }

  void expect_same(const std::string& a, const std::string& b) const {
    for (const std::string variable : {"test_accuracy", "requantized_accuracy", "loss", "baseline/loss",
                                       "baseline/control_accuracy", "baseline/control_loss"}) {
      expect_same_numbers(a, b, variable);
    }
  }

  void expect_same_numbers(const std::string& a, const std::string& b, const std::string& variable) const {
    const auto left = read(a, "/network/" + variable);
    const auto right = read(b, "/network/" + variable);
    ASSERT_EQ(left.size(), right.size());
    for (std::size_t k = 0; k < left.size(); ++k) {
      EXPECT_TRUE(left[k] == right[k] || (std::isnan(left[k]) && std::isnan(right[k]))) << variable << " " << k;
    }
  }

  int looks = 0;
};

TEST_F(InterruptedNetworkStage, GoesOnInsideATrainingAndEndsWithTheSameNumbers) {
  (void)run("whole.h5", overrides);
  (void)run("parts.h5", overrides, Stage::device);
  const auto coefficients = read("whole.h5", "/variants/activation_coefficient");
  work_until("parts.h5", 6, [&](training::NetworkRuns& runs, const training::LoadedDataSet& set) {
    (void)runs.train_baseline(set, coefficients, 0);
  });
  // Of the first 60 steps the loss is known; it is read from the checkpoint, which the mark shows.
  const double mark = 0.125;
  {
    auto results = open("parts.h5");
    {
      training::TrainingCheckpoints checkpoints(results, world);
      auto state = checkpoints.take(checkpoints.baseline(0), world);
      ASSERT_TRUE(state.has_value());
      EXPECT_EQ(state->step, 64);
      EXPECT_EQ(state->epoch_losses, std::vector<double>{read("whole.h5", "/network/baseline/loss")[0]});
      if (world.rank() == 0) {
        state->epoch_losses[0] = mark;
        checkpoints.save(checkpoints.baseline(0), *state);
      }
      world.barrier();
    }
    results.file().close();
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
  const auto levels = levels_in("whole.h5");
  // A look before each piece of work and each layer; 8 more in FP32, 4 and 8 in the controls, 4 in fine-tuning, and the
  // sixth of those on levels.
  work_until("parts.h5", 39, [&](training::NetworkRuns& runs, const training::LoadedDataSet& set) {
    (void)runs.train_baseline(set, coefficients, 0);
    runs.train_control(set, 0, 0);
    runs.train_control(set, 0, 1);
    runs.put_on_device(set, levels, 0, {0, 1, 2, 3});
  });
  {
    auto results = open("parts.h5");
    {
      training::TrainingCheckpoints checkpoints(results, world);
      const auto state = checkpoints.take(checkpoints.of_run(0, 3), world);
      ASSERT_TRUE(state.has_value());
      EXPECT_EQ(state->step, 80);
      EXPECT_FALSE(checkpoints.take(checkpoints.baseline(0), world).has_value()) << "it is done";
    }
    results.file().close();
  }
  (void)run("parts.h5", overrides);
  expect_same("parts.h5", "whole.h5");
}

TEST_F(InterruptedNetworkStage, GoesOnInsideATrainingInSitu) {
  overrides.insert(overrides.end(), in_situ.begin(), in_situ.end());
  (void)run("whole.h5", overrides);
  (void)run("parts.h5", overrides, Stage::device);
  const auto coefficients = read("whole.h5", "/variants/activation_coefficient");
  const auto levels = levels_in("whole.h5");
  // A look before each piece of work, 8 in FP32, and the sixth of those in situ.
  work_until("parts.h5", 16, [&](training::NetworkRuns& runs, const training::LoadedDataSet& set) {
    (void)runs.train_baseline(set, coefficients, 0);
    runs.put_on_device(set, levels, 0, {1});
  });
  {
    auto results = open("parts.h5");
    {
      training::TrainingCheckpoints checkpoints(results, world);
      const auto state = checkpoints.take(checkpoints.of_run(0, 1), world);
      ASSERT_TRUE(state.has_value());
      EXPECT_EQ(state->step, 80);
      EXPECT_GT(state->pulses, 0);
    }
    results.file().close();
  }
  (void)run("parts.h5", overrides);
  for (const std::string variable : {"test_accuracy", "loss", "training_pulses", "inference_energy"}) {
    expect_same_numbers("parts.h5", "whole.h5", variable);
  }
}

TEST_F(InterruptedNetworkStage, ADeepNetworkIsCheckpointedAsOftenAsItIsAskedTo) {
  std::string hidden = "17";
  for (int layer = 1; layer < 20; ++layer) {
    hidden += ", 17";
  }
  std::vector<std::string> deep = overrides;
  deep.push_back("network.hidden=[" + hidden + "]");
  (void)run("seldom.h5", deep);
  deep.emplace_back("solver.checkpoint_interval=1e-3");
  const RunOutcome outcome = run("often.h5", deep);
  EXPECT_FALSE(outcome.failures);
  const auto checkpoints =
      store::ResultsFile::open_for_reading(folder / "often.h5").read<std::uint8_t>("/network/checkpoint");
  EXPECT_TRUE(std::any_of(checkpoints.begin(), checkpoints.end(), [](std::uint8_t byte) { return byte != 0; }));
  expect_same("often.h5", "seldom.h5");
}

}  // namespace
}  // namespace spinsweep::sweep
