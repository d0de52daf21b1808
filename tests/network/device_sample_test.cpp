#include "network/device_sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "network/conductance.hpp"
#include "network/counter_random.hpp"
#include "network/one_rank.hpp"
#include "network/synapse_energy.hpp"

namespace spinsweep::network {
namespace {

/// A network on levels, and images of all intensities.
class DeviceSampleTest : public testing::Test {
 protected:
  DeviceSampleTest() : network({40, 50, 3}, Activation({1.0})) {
    network.initialize(2);
    placement.emplace(network, DeviceLevels(std::vector<double>{1e-4, 1.3e-4, 1.7e-4, 2e-4}),
                      PlacementRule{Mapping("max_abs"), 99.0, Biases::digital});
    placement->quantize(network);
    images = {.count = 200, .height = 1, .width = 40, .images = {}, .labels = {}};
    for (int k = 0; k < images.count; ++k) {
      for (int pixel = 0; pixel < 40; ++pixel) {
        images.images.push_back(static_cast<std::uint8_t>((k * 7 + pixel * 31) % 256));
      }
      images.labels.push_back(static_cast<std::uint8_t>(k % 3));
    }
  }

  /// Deviation of the first layer's weights from what was to be written, in units of its whole range.
  [[nodiscard]] double deviation(const DeviceSample& sample) const {
    const auto [low, high] = placement->layers()[0].ranges[0];
    double sum = 0.0;
    for (std::size_t k = 0; k < network.weights(0).size(); ++k) {
      sum += std::pow((sample.network().weights(0)[k] - network.weights(0)[k]) / (high - low), 2);
    }
    return std::sqrt(sum / static_cast<double>(network.weights(0).size()));
  }

  Mlp<float> network;
  std::optional<Placement> placement;
  ImageSet images;
};

TEST(CounterRandom, DrawsNormalNumbersOfMeanZeroAndVarianceOne) {
  const CounterRandom random(3, CounterRandom::Purpose::programming);
  double sum = 0.0;
  double squares = 0.0;
  constexpr int draws = 20000;
  for (std::uint32_t k = 0; k < draws; ++k) {
    const double value = random.normal(k, 0, 0)[0];
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / draws, 0.0, 0.03);
  EXPECT_NEAR(squares / draws, 1.0, 0.04);
}

TEST(CounterRandom, DrawsPairsInRunsFromTheBitsOfEachCounter) {
  const CounterRandom random(3, CounterRandom::Purpose::in_situ_pulses);
  std::array<float, 37> numbers{};
  std::array<float, 37> others{};
  random.fill_uniform_pairs(100, 7, 0, numbers, others);
  for (std::uint32_t k = 0; k < numbers.size(); ++k) {
    const CounterRandom::Counter bits = random.bits(100 + k, 7, 0);
    EXPECT_EQ(numbers[k], static_cast<float>(bits[0] >> 8U) * 0x1p-24F) << k;
    EXPECT_EQ(others[k], static_cast<float>(bits[1] >> 8U) * 0x1p-24F) << k;
  }
}

TEST_F(DeviceSampleTest, WithoutNoiseIsTheNetworkItself) {
  const DeviceSample sample(network, *placement, {}, 1, 0);
  EXPECT_LT(deviation(sample), 1e-6);
  EXPECT_EQ(sample.evaluate(images, 3, one_rank()).confusion, evaluate(network, images, 3, one_rank()).confusion);
}

TEST_F(DeviceSampleTest, DeviceToDeviceAndProgrammingNoiseAddInQuadratureAndAreTheSameForTheSameSample) {
  const DeviceSample spread(network, *placement, {.device_to_device_sigma = 0.03}, 1, 0);
  EXPECT_NEAR(deviation(spread), 0.03, 0.002);
  const DeviceSample both(network, *placement, {.device_to_device_sigma = 0.03, .programming_noise = 0.04}, 1, 0);
  EXPECT_NEAR(deviation(both), 0.05, 0.003);
  const DeviceSample again(network, *placement, {.device_to_device_sigma = 0.03, .programming_noise = 0.04}, 1, 0);
  const DeviceSample other(network, *placement, {.device_to_device_sigma = 0.03, .programming_noise = 0.04}, 1, 1);
  EXPECT_TRUE(std::equal(both.network().parameters().begin(), both.network().parameters().end(),
                         again.network().parameters().begin()));
  EXPECT_NE(both.network().weights(0)[0], other.network().weights(0)[0]);
}

TEST_F(DeviceSampleTest, SimulatedWritesThatAreNormallyDistributedCostAsMuchAccuracyAsProgrammingNoise) {
  constexpr double sigma = 0.15;
  DeviceLevels levels = placement->device();
  const CounterRandom random(5, CounterRandom::Purpose::programming);
  for (std::uint32_t level = 0; level < levels.relative.size(); ++level) {
    auto& writes = levels.written.emplace_back();
    for (std::uint32_t k = 0; k < 1000; ++k) {
      writes.push_back(levels.relative[level] + sigma * random.normal(k, level, 0)[0]);
    }
  }
  const Placement simulated(network, levels, PlacementRule{Mapping("max_abs"), 99.0, Biases::digital});
  // Accuracy is agreement with the network without errors.
  for (int k = 0; k < images.count; ++k) {
    Eigen::Index prediction = 0;
    network.scores(images_as_numbers(images, k, 1), 1).col(0).maxCoeff(&prediction);
    images.labels[static_cast<std::size_t>(k)] = static_cast<std::uint8_t>(prediction);
  }
  constexpr int samples = 60;
  const auto accuracies = [&](const Placement& place, const DeviceNoise& noise) {
    std::vector<double> values;
    for (std::uint32_t sample = 0; sample < samples; ++sample) {
      values.push_back(DeviceSample(network, place, noise, 1, sample).evaluate(images, 3, one_rank()).accuracy);
    }
    return values;
  };
  const auto mean_and_variance = [](const std::vector<double>& values) {
    double sum = 0.0;
    double squares = 0.0;
    for (const double value : values) {
      sum += value;
      squares += value * value;
    }
    const double mean = sum / samples;
    return std::pair(mean, squares / samples - mean * mean);
  };
  const auto [assumed, variance] = mean_and_variance(accuracies(*placement, {.programming_noise = sigma}));
  const auto [drawn, other] = mean_and_variance(accuracies(simulated, {.errors = DeviceErrors::simulated}));
  EXPECT_LT(assumed, 0.97) << "the errors are so small that nothing is compared";
  EXPECT_NEAR(drawn, assumed, 3.0 * std::sqrt((variance + other) / samples));
  EXPECT_NEAR(std::sqrt(other / variance), 1.0, 0.5);
}

TEST_F(DeviceSampleTest, SimulatedWritesAreThoseOfTheLevelThatIsWritten) {
  DeviceLevels levels = placement->device();
  levels.written = {{0.01}, {0.31, 0.32}, {0.7}, {0.98}};
  const Placement simulated(network, levels, PlacementRule{Mapping("max_abs"), 99.0, Biases::digital});
  const DeviceSample sample(network, simulated, {.errors = DeviceErrors::simulated}, 1, 0);
  const auto [low, high] = placement->layers()[0].ranges[0];
  std::set<int> found;
  for (std::size_t k = 0; k < network.weights(0).size(); ++k) {
    const auto relative = [&](float weight) { return (weight - low) / (high - low); };
    const float written = relative(sample.network().weights(0)[k]);
    EXPECT_NEAR(written, relative(network.weights(0)[k]), 0.025);
    found.insert(static_cast<int>(std::lround(100.0F * written)));
  }
  EXPECT_EQ(found, (std::set<int>{1, 31, 32, 70, 98}));
}

/// 0, 1/4, 1 of the range: the difference 3/4 is that of the last two, and of no level and the lowest one.
Placement on_uneven_pairs(const Mlp<float>& network, const std::vector<std::vector<double>>& written = {}) {
  DeviceLevels levels(std::vector<double>{1.0, 1.25, 2.0});
  levels.written = written;
  return {network, levels, PlacementRule{Mapping("max_abs+differential_pair"), 99.0, Biases::digital}};
}

TEST_F(DeviceSampleTest, BothDevicesOfAPairAreOnLevels) {
  network.initialize(2);
  const Placement placement_of_pairs = on_uneven_pairs(network);
  placement_of_pairs.quantize(network);
  std::set<std::array<double, 2>> found;
  const Range& range = placement_of_pairs.layers()[0].ranges[0];
  for (const float weight : network.weights(0)) {
    const WeightDevices devices = devices_of_weight(static_cast<double>(weight), range, placement_of_pairs);
    found.insert(devices.g);
    EXPECT_NEAR(weight_of_devices(devices, range), static_cast<double>(weight), 1e-7);
  }
  EXPECT_EQ(found, (std::set<std::array<double, 2>>{
                       {0.0, 0.0}, {0.0, 0.25}, {0.0, 1.0}, {0.25, 0.0}, {0.25, 1.0}, {1.0, 0.0}, {1.0, 0.25}}));
  const DeviceSample relaxed(network, placement_of_pairs, {.retention_relaxation = 1.0}, 1, 0);
  EXPECT_LT(deviation(relaxed), 1e-6) << "all devices are at notches";
}

TEST_F(DeviceSampleTest, SimulatedWritesOfAPairAreThoseOfItsTwoLevels) {
  network.initialize(2);
  const Placement simulated = on_uneven_pairs(network, {{0.01}, {0.22}, {0.96}});
  simulated.quantize(network);
  const DeviceSample sample(network, simulated, {.errors = DeviceErrors::simulated}, 1, 0);
  const Range& range = simulated.layers()[0].ranges[0];
  const double middle = 0.5 * (static_cast<double>(range.first) + static_cast<double>(range.second));
  const double half = static_cast<double>(range.second) - middle;
  std::set<std::pair<long, long>> found;
  for (std::size_t k = 0; k < network.weights(0).size(); ++k) {
    const auto in_percent = [&](float weight) {
      return std::lround(100.0 * (static_cast<double>(weight) - middle) / half);
    };
    found.insert({in_percent(network.weights(0)[k]), in_percent(sample.network().weights(0)[k])});
  }
  EXPECT_EQ(found, (std::set<std::pair<long, long>>{
                       {-100, -95}, {-75, -74}, {-25, -21}, {0, 0}, {25, 21}, {75, 74}, {100, 95}}));
}

TEST_F(DeviceSampleTest, RelativeNoiseIsAFractionOfTheConductance) {
  // G runs from 1e-4 to 2e-4 S, so 1 % of G is 1 to 2 % of the range.
  const DeviceSample sample(network, *placement, {.device_to_device_sigma = 0.01, .scale = NoiseScale::relative}, 1, 0);
  EXPECT_GT(deviation(sample), 0.01);
  EXPECT_LT(deviation(sample), 0.02);
}

TEST_F(DeviceSampleTest, StuckDevicesAreAtTheEndsAndAsManyAsAskedFor) {
  const DeviceSample sample(network, *placement, {.stuck_at_fraction = 0.2}, 1, 0);
  const auto [low, high] = placement->layers()[0].ranges[0];
  int moved = 0;
  for (std::size_t k = 0; k < network.weights(0).size(); ++k) {
    const float weight = sample.network().weights(0)[k];
    if (std::abs(weight - network.weights(0)[k]) > 1e-6F) {
      ++moved;
      EXPECT_TRUE(std::abs(weight - low) < 1e-6F || std::abs(weight - high) < 1e-6F);
    }
  }
  EXPECT_NEAR(moved, 0.2 * 2000, 90);
}

TEST_F(DeviceSampleTest, FullRelaxationBringsEveryDeviceBackToALevel) {
  const DeviceSample written(network, *placement, {.programming_noise = 0.02}, 1, 0);
  EXPECT_GT(deviation(written), 0.015);
  const DeviceSample relaxed(network, *placement, {.programming_noise = 0.02, .retention_relaxation = 1.0}, 1, 0);
  EXPECT_LT(deviation(relaxed), 1e-6) << "0.02 is far less than half the distance of two levels";
}

TEST_F(DeviceSampleTest, OneLayerAloneIsNoisyIfAskedTo) {
  const DeviceSample sample(network, *placement, {.device_to_device_sigma = 0.1}, 1, 0, 1);
  EXPECT_LT(deviation(sample), 1e-6);
  EXPECT_FALSE(std::equal(network.weights(1).begin(), network.weights(1).end(), sample.network().weights(1).begin()));
}

TEST_F(DeviceSampleTest, ReadNoiseChangesPredictionsButNotWhatIsWritten) {
  const DeviceSample sample(network, *placement, {.read_noise = 0.3}, 1, 0);
  EXPECT_LT(deviation(sample), 1e-6);
  EXPECT_NE(sample.evaluate(images, 3, one_rank()).confusion, evaluate(network, images, 3, one_rank()).confusion);
  EXPECT_EQ(sample.evaluate(images, 3, one_rank()).confusion, sample.evaluate(images, 3, one_rank()).confusion);
}

/// Devices at one level are at another after some time, all others are not. Four levels.
LevelTransitions jump(std::size_t from, std::size_t to, double probability) {
  LevelTransitions transitions{std::vector<double>(16, 0.0)};
  for (std::size_t level = 0; level < 4; ++level) {
    transitions.probability[level * 5] = 1.0;
  }
  transitions.probability[from * 5] = 1.0 - probability;
  transitions.probability[from * 4 + to] = probability;
  return transitions;
}

TEST_F(DeviceSampleTest, JumpsMoveTheFractionOfDevicesThatHasMoved) {
  constexpr std::size_t from = 1;
  constexpr std::size_t to = 3;
  const LevelTransitions transitions = jump(from, to, 0.3);
  const DeviceSample sample(network, *placement, {}, 1, 0, std::nullopt, &transitions);
  const auto levels = spread_levels(placement->relative_levels(), placement->layers()[0].ranges[0]);
  int written = 0;
  int moved = 0;
  for (std::size_t k = 0; k < network.weights(0).size(); ++k) {
    const float now = sample.network().weights(0)[k];
    if (network.weights(0)[k] != levels[from]) {
      EXPECT_NEAR(now, network.weights(0)[k], 1e-6);
      continue;
    }
    ++written;
    moved += std::abs(now - levels[to]) < 1e-6F ? 1 : 0;
    EXPECT_LT(std::min(std::abs(now - levels[from]), std::abs(now - levels[to])), 1e-6F);
  }
  // Binomial: three standard deviations.
  ASSERT_GT(written, 100);
  EXPECT_NEAR(moved, 0.3 * written, 3.0 * std::sqrt(0.3 * 0.7 * written));
}

TEST_F(DeviceSampleTest, LostWallsLeaveTheConductanceOfTheTrackWithoutAWall) {
  constexpr std::size_t from = 1;
  LevelTransitions transitions = jump(from, 3, 0.2);
  transitions.probability[from * 4 + from] = 0.5;
  transitions.loss.assign(8, 0.0);
  transitions.loss[from * 2 + 1] = 0.3;
  transitions.without_wall = {-0.5, 1.25};
  const DeviceSample sample(network, *placement, {}, 1, 0, std::nullopt, &transitions);
  const auto levels = spread_levels(placement->relative_levels(), placement->layers()[0].ranges[0]);
  const float without_wall = levels.front() + 1.25F * (levels.back() - levels.front());
  int written = 0;
  int lost = 0;
  int stayed = 0;
  for (std::size_t k = 0; k < network.weights(0).size(); ++k) {
    const float now = sample.network().weights(0)[k];
    stayed += network.weights(0)[k] == levels[from] && now == levels[from] ? 1 : 0;
    EXPECT_TRUE(network.weights(0)[k] == levels[from] || now == network.weights(0)[k]) << "nothing else moves";
    const bool is_lost = std::abs(now - without_wall) < 1e-6F;
    written += network.weights(0)[k] == levels[from] ? 1 : 0;
    lost += is_lost ? 1 : 0;
    EXPECT_TRUE(!is_lost || network.weights(0)[k] == levels[from]);
  }
  // Binomial: three standard deviations.
  ASSERT_GT(written, 100);
  EXPECT_NEAR(lost, 0.3 * written, 3.0 * std::sqrt(0.3 * 0.7 * written));
  EXPECT_NEAR(stayed, 0.5 * written, 3.0 * std::sqrt(0.5 * 0.5 * written));
}

TEST_F(DeviceSampleTest, DevicesThatHaveMovedAfterAShortTimeHaveMovedAfterALongOneToo) {
  const LevelTransitions early = jump(1, 2, 0.2);
  const LevelTransitions late = jump(1, 2, 0.5);
  const DeviceSample before(network, *placement, {}, 1, 0, std::nullopt, &early);
  const DeviceSample after(network, *placement, {}, 1, 0, std::nullopt, &late);
  for (std::size_t k = 0; k < network.weights(0).size(); ++k) {
    if (std::abs(before.network().weights(0)[k] - network.weights(0)[k]) > 1e-6F) {
      EXPECT_EQ(after.network().weights(0)[k], before.network().weights(0)[k]);
    }
  }
}

TEST_F(DeviceSampleTest, JumpsTakeTheErrorOfWritingAlong) {
  const LevelTransitions transitions = jump(1, 2, 1.0);
  const DeviceNoise noise{.programming_noise = 0.01};
  const DeviceSample written(network, *placement, noise, 1, 0);
  const DeviceSample moved(network, *placement, noise, 1, 0, std::nullopt, &transitions);
  const auto levels = spread_levels(placement->relative_levels(), placement->layers()[0].ranges[0]);
  const auto k =
      static_cast<std::size_t>(std::ranges::find(network.weights(0), levels[1]) - network.weights(0).begin());
  EXPECT_NEAR(moved.network().weights(0)[k] - written.network().weights(0)[k], levels[2] - levels[1], 1e-6);
}

TEST(SynapseEnergy, OfOneLayerIsTheSumOfConductancesTimesSquaredVoltageAndTime) {
  Mlp<float> network({2, 2}, Activation({1.0}));
  const std::vector<float> weights = {-1.0F, 1.0F, 1.0F, -1.0F};
  std::copy(weights.begin(), weights.end(), network.weights(0).begin());
  const Placement placement(network, DeviceLevels(std::vector<double>{1e-4, 2e-4}),
                            PlacementRule{Mapping("max_abs"), 99.0, Biases::digital});
  const ImageSet images{.count = 1, .height = 1, .width = 2, .images = {255, 0}, .labels = {0}};
  // One input at 0.2 V meets a device of 1e-4 S and one of 2e-4 S for 5 ns.
  EXPECT_NEAR(inference_energy(network, placement, {.voltage = 0.2, .duration = 5e-9}, images), 0.04 * 3e-4 * 5e-9,
              1e-22);
}

TEST(SynapseEnergy, OfAPairIsThatOfTheLevelsOfBothDevices) {
  Mlp<float> network({1, 2}, Activation({1.0}));
  const std::vector<float> weights = {0.75F, -1.0F};
  std::copy(weights.begin(), weights.end(), network.weights(0).begin());
  const ImageSet images{.count = 1, .height = 1, .width = 1, .images = {255}, .labels = {0}};
  // 2 - 1.25 and 1 - 2 S.
  EXPECT_NEAR(inference_energy(network, on_uneven_pairs(network), {.voltage = 0.2, .duration = 5e-9}, images),
              0.04 * 6.25 * 5e-9, 1e-18);
}

}  // namespace
}  // namespace spinsweep::network
