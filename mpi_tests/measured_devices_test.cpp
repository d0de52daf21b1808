#include <cmath>

#include "base/error.hpp"
#include "network_stage.hpp"

namespace spinsweep::sweep {
namespace {

constexpr const char* measured_study = R"(
[study]
name = "measured"
[network]
datasets = ["bright", "dark"]
activation = "relu"
hidden = [10]
epochs = 30
learning_rate = 1e-2
fine_tune_epochs = 1
qat_epochs = 5
device_samples = 3
device_errors = "measured"
[[network.measured_devices]]
file = "exact.csv"
[[network.measured_devices]]
file = "spread.csv"
[[network.deployment]]
method = ["ptq", "fine_tuned", "qat"]
mapping = ["max_abs", "mse+differential_pair"]
)";

/// A study of two files with the same levels: of the first all devices agree, of the second they do not.
class OnMeasuredDevices : public NetworkStage {
 protected:
  OnMeasuredDevices() {
    sweep = "measured.toml";
    write("measured.toml", measured_study);
    write("exact.csv", "level,device,conductance\n0,a,1e-5\n0,b,1e-5\n1,a,2e-5\n1,b,2e-5\n2,a,4e-5\n2,b,4e-5\n");
    write("spread.csv",
          "level,device,conductance\n0,a,0.5e-5\n0,b,1.5e-5\n1,a,1.5e-5\n1,b,2.5e-5\n2,a,3e-5\n2,b,5e-5\n");
  }

  void write(const std::string& name, const std::string& text) {
    parallel::collectively(world, [&] {
      if (world.rank() == 0) {
        std::ofstream(folder / name) << text;
      }
    });
  }
};

TEST_F(OnMeasuredDevices, GiveTheSameAccuraciesHoweverTheRanksAreGrouped) {
  EXPECT_FALSE(run("each.h5", {"network.ranks_per_model=1"}).failures);
  EXPECT_FALSE(run("all.h5", {"network.ranks_per_model=" + std::to_string(world.size())}).failures);
  for (const std::string variable : {"test_accuracy", "requantized_accuracy", "device_sample_accuracy", "loss"}) {
    const auto each = read("each.h5", "/network/" + variable);
    const auto all = read("all.h5", "/network/" + variable);
    ASSERT_EQ(each.size(), all.size());
    for (std::size_t k = 0; k < each.size(); ++k) {
      EXPECT_TRUE(each[k] == all[k] || (std::isnan(each[k]) && std::isnan(all[k]))) << variable << " " << k;
    }
  }
  for (const double accuracy : read("all.h5", "/network/test_accuracy")) {
    EXPECT_GT(accuracy, 0.2);
  }
}

TEST_F(OnMeasuredDevices, AreInTheResultsFileWithTheirLevels) {
  (void)run("levels.h5", {"network.epochs=1"});
  EXPECT_EQ(read("levels.h5", "/variants/level_conductance"), (std::vector{1e-5, 2e-5, 4e-5, 1e-5, 2e-5, 4e-5}));
  EXPECT_EQ(read("levels.h5", "/variants/measured_conductance"),
            (std::vector{1e-5, 1e-5, 2e-5, 2e-5, 4e-5, 4e-5, 0.5e-5, 1.5e-5, 1.5e-5, 2.5e-5, 3e-5, 5e-5}));
  EXPECT_EQ(read("levels.h5", "/variants/measured_deviation")[0], 0.0);
  EXPECT_EQ(read("levels.h5", "/variants/measured_devices"), (std::vector{0.0, 1.0}));
  EXPECT_EQ(read("levels.h5", "/variants/activation_coefficient"), (std::vector{1.0, 0.0, 0.0}));
}

TEST_F(OnMeasuredDevices, WithoutSpreadLeaveANetworkAsItWasQuantisedAndWithSpreadDoNot) {
  (void)run("samples.h5");
  // [variant][neuron][data set][seed][deployment][sample]: 2 x 1 x 2 x 1 x 7 x 3.
  const auto accuracy = read("samples.h5", "/network/test_accuracy");
  const auto requantized = read("samples.h5", "/network/requantized_accuracy");
  const auto samples = read("samples.h5", "/network/device_sample_accuracy");
  bool differs = false;
  for (std::size_t row = 0; row < accuracy.size(); ++row) {
    if (row % 7 == 0) {
      EXPECT_TRUE(std::isnan(samples[3 * row])) << "the floating-point network is on no device";
      continue;
    }
    const double on_device = std::isnan(requantized[row]) ? accuracy[row] : requantized[row];
    for (std::size_t sample = 0; sample < 3; ++sample) {
      const bool is_exact = row < accuracy.size() / 2;
      EXPECT_TRUE(!is_exact || samples[3 * row + sample] == on_device) << row;
      differs = differs || (!is_exact && samples[3 * row + sample] != on_device);
    }
  }
  EXPECT_TRUE(differs);
}

TEST_F(OnMeasuredDevices, AreDrawnOnlyIfTheStudySaysSo) {
  (void)run("assumed.h5", {"network.device_errors=\"assumed\""});
  const auto accuracy = read("assumed.h5", "/network/test_accuracy");
  const auto samples = read("assumed.h5", "/network/device_sample_accuracy");
  const std::size_t row = accuracy.size() / 2 + 1;  // post-training quantisation on the devices that differ
  EXPECT_EQ(samples[3 * row], accuracy[row]);
}

TEST_F(OnMeasuredDevices, StandBesideASimulatedNeuron) {
  EXPECT_FALSE(run("neuron.h5", {"network.activation=\"simulated\"", "material={anisotropy=1e6,damping=0.6}",
                                 "neuron={length=96e-9,width=24e-9,cell=4e-9,initial_wall={position=20e-9,width=8e-9},"
                                 "pulse={duration=0.2e-9},mtj={window={from=24e-9,to=72e-9}},"
                                 "sweep={\"pulse.current_density\"=[0.5e12,1e12,1.5e12,2e12]}}"})
                   .failures);
  EXPECT_NE(read("neuron.h5", "/variants/activation_coefficient")[1], 0.0);
  EXPECT_GT(read("neuron.h5", "/network/test_accuracy")[0], 0.2);
}

TEST_F(OnMeasuredDevices, AreThoseThatTheResultsFileBeganWith) {
  (void)run("kept.h5", {"network.epochs=1"});
  const auto before = read("kept.h5", "/network/test_accuracy");
  (void)run("kept.h5", {"network.epochs=1"});
  const auto after = read("kept.h5", "/network/test_accuracy");
  for (std::size_t k = 0; k < before.size(); ++k) {
    EXPECT_EQ(after[k], before[k]);
  }
  write("spread.csv", "level,device,conductance\n0,a,1e-5\n1,a,2e-5\n2,a,4e-5\n");
  EXPECT_THROW((void)run("kept.h5", {"network.epochs=1"}), InputError);
}

TEST_F(OnMeasuredDevices, ThatCannotBeReadStopTheRunOnEveryRank) {
  write("spread.csv", "level,device,conductance\n0,a,-1\n");
  EXPECT_THROW((void)run("none.h5"), InputError);
}

}  // namespace
}  // namespace spinsweep::sweep
