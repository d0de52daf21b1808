#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "base/error.hpp"
#include "network/backpropagation.hpp"
#include "network/evaluation.hpp"
#include "network/one_rank.hpp"
#include "network/pulsed_devices.hpp"
#include "network/trainer.hpp"

namespace spinsweep::network {
namespace {

/// Pulses of `step`, in units of the range, from 1 to 2 S; deviation: of their distribution, which is uniform.
analysis::JumpTables linear_tables(double step, double deviation = 0.0) {
  const double half = std::sqrt(3.0) * deviation;
  const auto table = [&](double mean) {
    return analysis::JumpTable{{1.0, 2.0}, {0.0, 1.0}, {{mean - half, mean - half}, {mean + half, mean + half}}};
  };
  return {table(step), table(-step)};
}

/// Images of 4 x 5 pixels whose class lights a row.
ImageSet rows_of_light(int count) {
  ImageSet set{.count = count, .height = 4, .width = 5, .images = {}, .labels = {}};
  std::mt19937 generator(5);
  for (int k = 0; k < count; ++k) {
    const auto label = static_cast<unsigned>(k) % 3U;
    for (unsigned pixel = 0; pixel < 20; ++pixel) {
      set.images.push_back(static_cast<std::uint8_t>(generator() % 60 + (pixel / 5 == label ? 180 : 0)));
    }
    set.labels.push_back(static_cast<std::uint8_t>(label));
  }
  return set;
}

class InSituTraining : public testing::Test {
 protected:
  InSituTraining() : network({20, 12, 3}, Activation({1.0})) {
    network.initialize(3);
    deployment.method = "in_situ";
    deployment.mapping = "max_abs+differential_pair";
    deployment.settings.biases = Biases::shared_range;
    how.headroom = 0.0;
    how.ranges = {{1.0}, {2.0}};
  }

  /// One epoch on `devices`.
  Mlp<float> trained_once(Mlp<float> copy, int seed) {
    (void)train(copy, TrainingSet(images),
                {.epochs = 1,
                 .batch_size = 10,
                 .learning_rate = rate,
                 .seed = static_cast<std::uint64_t>(seed),
                 .pulsed = &*devices},
                one_rank());
    return copy;
  }

  /// Trains `network`; leaves the state at the end in `finished`.
  void train_by(const analysis::JumpTables& tables) {
    devices.emplace(pulsed_devices(network, deployment, tables));
    (void)train(network, TrainingSet(images),
                {.epochs = epochs,
                 .batch_size = 10,
                 .learning_rate = rate,
                 .seed = 7,
                 .pulsed = &*devices,
                 .finish = [this](const TrainingState& state) { finished = state; }},
                one_rank());
  }

  Deployment deployment;
  InSituSettings& how = deployment.settings.in_situ;
  Mlp<float> network;
  ImageSet images = rows_of_light(300);
  int epochs = 2;
  double rate = 0.05;
  std::optional<PulsedDevices> devices;
  TrainingState finished;
};

/// Weights after plain gradient descent on the same batches.
Mlp<float> descended(Mlp<float> network, const ImageSet& images, int epochs, double rate) {
  const TrainingSet data(images);
  const parallel::Communicator& alone = one_rank();
  const auto exchange = make_exchange(network.parameters().size(), alone, ExchangeKind::messages);
  Backpropagation<float> backpropagation(network, {});
  Batch<float> batch;
  std::array<double, shard_count> losses{};
  for (int epoch = 0; epoch < epochs; ++epoch) {
    const auto order = sample_order(images.count, 7, epoch);
    for (std::size_t begin = 0; begin < order.size(); begin += 10) {
      batch.prepare(data, std::span(order).subspan(begin, 10), exchange->nodes(), 0);
      backpropagation.run(network.parameters(), batch, exchange->nodes(), exchange->gradients(), losses);
      for (std::size_t k = 0; k < network.parameters().size(); ++k) {
        network.parameters()[k] -= static_cast<float>(rate) / 10.0F * exchange->gradients()[0][k];
      }
    }
  }
  return network;
}

double largest_difference(const Mlp<float>& a, const Mlp<float>& b) {
  double largest = 0.0;
  for (std::size_t k = 0; k < a.parameters().size(); ++k) {
    largest = std::max(largest, std::abs(static_cast<double>(a.parameters()[k] - b.parameters()[k])));
  }
  return largest;
}

TEST_F(InSituTraining, OnIdealDevicesIsGradientDescent) {
  how.update = PulseUpdate::exact;
  const Mlp<float> plain = descended(network, images, epochs, rate);
  EXPECT_GT(largest_difference(plain, network), 0.05);
  train_by(linear_tables(0.05));
  EXPECT_LT(largest_difference(plain, network), 1e-5);
}

TEST_F(InSituTraining, ByPulsesThatAreAllAlikeAndScaledIsGradientDescentToo) {
  for (const char* mapping : {"max_abs", "max_abs+differential_pair"}) {
    deployment.mapping = mapping;
    network.initialize(3);
    const Mlp<float> plain = descended(network, images, epochs, rate);
    train_by(linear_tables(0.05));
    EXPECT_LT(largest_difference(plain, network), 1e-5) << mapping;
  }
}

TEST_F(InSituTraining, ByWholePulsesMovesEveryDeviceByMultiplesOfOne) {
  how.update = PulseUpdate::whole;
  constexpr double step = 1.0 / 64.0;
  const Mlp<float> before = network;
  train_by(linear_tables(step));
  EXPECT_GT(largest_difference(before, network), 0.1);
  const auto moved = [&](float weight, float start, double bound) {
    // A weight of a pair moves by a step of half the range for each of two devices that are pulsed on their own.
    return static_cast<double>(weight - start) / (bound * step);
  };
  for (int layer = 0; layer < 2; ++layer) {
    for (std::size_t k = 0; k < network.weight_count(layer); ++k) {
      const double steps = moved(network.weights(layer)[k], before.weights(layer)[k], layer + 1.0);
      EXPECT_NEAR(steps, std::round(steps), 1e-3);
    }
  }
}

TEST_F(InSituTraining, ByWholePulsesGivesTheChangeThatIsAskedForInTheMean) {
  // One step: the change of each weight over many seeds.
  how.update = PulseUpdate::whole;
  images = rows_of_light(10);
  epochs = 1;
  const Mlp<float> start = network;
  const Mlp<float> plain = descended(start, images, 1, rate);
  std::vector<double> sum(start.parameters().size(), 0.0);
  devices.emplace(pulsed_devices(network, deployment, linear_tables(0.05, 0.02)));
  constexpr int seeds = 4000;
  for (int seed = 0; seed < seeds; ++seed) {
    const Mlp<float> copy = trained_once(start, seed);
    for (std::size_t k = 0; k < sum.size(); ++k) {
      sum[k] += static_cast<double>(copy.parameters()[k] - start.parameters()[k]) / seeds;
    }
  }
  // Pulses at random have a deviation of about sqrt(change * step).
  for (std::size_t k = 0; k < start.weight_count(0); ++k) {
    const double wanted = static_cast<double>(plain.parameters()[k] - start.parameters()[k]);
    const double deviation = std::sqrt((std::abs(wanted) + 1e-6) * 2.0 * 0.05 * 1.2 / seeds);
    EXPECT_NEAR(sum[k], wanted, 5.0 * deviation + 1e-5) << k;
  }
}

TEST_F(InSituTraining, HasTheSpreadOfTheTable) {
  // Asking for exactly one pulse draws one change.
  images = rows_of_light(10);
  const auto tables = linear_tables(0.05, 0.02);
  std::vector<double> errors;
  const Mlp<float> start = network;
  const Mlp<float> plain = descended(start, images, 1, rate);
  devices.emplace(pulsed_devices(network, deployment, tables));
  for (int seed = 0; seed < 500; ++seed) {
    const Mlp<float> copy = trained_once(start, seed);
    for (std::size_t k = 0; k < start.weight_count(0); ++k) {
      const double wanted = static_cast<double>(plain.parameters()[k] - start.parameters()[k]);
      if (std::abs(wanted) > 1e-4) {
        // A pair of n pulses each: deviation 0.02 sqrt(n) of each device, 1/sqrt(2) of that of their mean, range 2.
        const double pulses = std::abs(wanted) / 2.0 / 0.05;
        errors.push_back((static_cast<double>(copy.parameters()[k] - start.parameters()[k]) - wanted) /
                         (2.0 * 0.02 * std::sqrt(pulses) / std::sqrt(2.0)));
      }
    }
  }
  ASSERT_GT(errors.size(), 10'000U);
  double square = 0.0;
  for (const double error : errors) {
    square += error * error / static_cast<double>(errors.size());
  }
  EXPECT_NEAR(std::sqrt(square), 1.0, 0.02);
}

TEST_F(InSituTraining, NeverLeavesTheRangeOfTheDevices) {
  how.ranges = {{0.2}, {0.3}};
  rate = 5.0;
  train_by(linear_tables(0.05, 0.05));
  for (int layer = 0; layer < 2; ++layer) {
    const float bound = layer == 0 ? 0.2F : 0.3F;
    for (const float weight : network.weights(layer)) {
      EXPECT_LE(std::abs(weight), bound * 1.0001F);
    }
  }
}

TEST_F(InSituTraining, LeavesTheHeadroomFree) {
  how.headroom = 0.1;
  const auto wide = pulsed_devices(network, deployment, linear_tables(0.05));
  EXPECT_FLOAT_EQ(wide.layers[0].ranges.at(0).first, -1.25F) << "0.8 of the conductances are the range of weights";
  EXPECT_FLOAT_EQ(wide.layers[1].ranges.at(0).second, 2.5F);
  EXPECT_EQ(wide.layers[0].bias_ranges, wide.layers[0].ranges);
}

TEST_F(InSituTraining, WithoutBoundsSpreadsTheWeightsOfTheFp32Network) {
  how.ranges.clear();
  deployment.settings.biases = Biases::digital;
  const auto found = pulsed_devices(network, deployment, linear_tables(0.05));
  const auto weights = network.weights(0);
  const float largest = std::abs(*std::ranges::max_element(weights, {}, [](float w) { return std::abs(w); }));
  EXPECT_FLOAT_EQ(found.layers[0].ranges.at(0).second, largest);
  EXPECT_TRUE(found.layers[0].bias_ranges.empty());
}

TEST_F(InSituTraining, LearnsByNoisyPulses) {
  epochs = 10;
  train_by(linear_tables(0.05, 0.03));
  EXPECT_GT(evaluate(network, images, 3, one_rank()).accuracy, 0.95);
}

TEST_F(InSituTraining, CountsThePulsesOnEveryDevice) {
  how.update = PulseUpdate::whole;
  train_by(linear_tables(0.05));
  // 20 x 12 + 12 + 12 x 3 + 3 weights and biases, two devices each.
  EXPECT_EQ(device_count(*devices, network), 2 * 291);
  EXPECT_GT(finished.pulses, 0);
  EXPECT_EQ(finished.pulses % pulse_unit, 0) << "whole pulses";
  how.update = PulseUpdate::exact;
  const auto whole = static_cast<double>(finished.pulses);
  network.initialize(3);
  train_by(linear_tables(0.05));
  EXPECT_NEAR(static_cast<double>(finished.pulses), whole, 0.3 * whole);
}

TEST_F(InSituTraining, NeedsABoundForEachLayer) {
  how.ranges = {{1.0}};
  EXPECT_THAT([&] { (void)pulsed_devices(network, deployment, linear_tables(0.05)); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr("has 1 bound, expected one for each of the 2")));
}

}  // namespace
}  // namespace spinsweep::network
