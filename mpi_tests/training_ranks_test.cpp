#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <vector>

#include "network/evaluation.hpp"
#include "network/trainer.hpp"

namespace spinsweep::network {
namespace {

ImageSet noise(int count, int height, int width, unsigned classes) {
  ImageSet data{.count = count, .height = height, .width = width, .images = {}, .labels = {}};
  std::mt19937 generator(2);
  for (int k = 0; k < data.count; ++k) {
    for (int pixel = 0; pixel < data.pixels(); ++pixel) {
      data.images.push_back(static_cast<std::uint8_t>(generator() % 2 == 0 ? 0 : generator() % 256));
    }
    data.labels.push_back(static_cast<std::uint8_t>(generator() % classes));
  }
  return data;
}

/// FNV-1a over the bits of every weight.
std::uint64_t hash(const Mlp<float>& network) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const float parameter : network.parameters()) {
    const auto bits = std::bit_cast<std::uint32_t>(parameter);
    for (unsigned shift = 0; shift < 32U; shift += 8U) {
      value = (value ^ ((bits >> shift) & 0xffU)) * 0x100000001b3U;
    }
  }
  return value;
}

struct Training {
  std::vector<int> sizes;
  TrainingSettings settings;
};

class TrainingOnRanks : public testing::TestWithParam<Training> {};

TEST_P(TrainingOnRanks, GivesTheWeightsOfOneRankToTheLastBit) {
  const ImageSet images = noise(333, 4, 5, 3);
  const TrainingSet data(images);
  const parallel::Communicator world(MPI_COMM_WORLD);
  const parallel::Communicator alone(MPI_COMM_SELF);
  Mlp<float> together(GetParam().sizes, Activation({0.9, 0.2}));
  together.initialize(9);
  Mlp<float> by_one = together;
  const auto losses = train(together, data, GetParam().settings, world);
  const auto losses_by_one = train(by_one, data, GetParam().settings, alone);
  EXPECT_EQ(hash(together), hash(by_one));
  EXPECT_EQ(losses, losses_by_one);
  EXPECT_EQ(evaluate(together, images, 3, world).confusion, evaluate(by_one, images, 3, alone).confusion);
}

const TrainingSettings plain = {.epochs = 3, .batch_size = 50, .learning_rate = 1e-2, .seed = 4};
const TrainingSettings by_messages = {
    .epochs = 3, .batch_size = 50, .learning_rate = 1e-2, .seed = 4, .exchange = ExchangeKind::messages};
const TrainingSettings regularized = {.epochs = 2,
                                      .batch_size = 64,
                                      .learning_rate = 1e-2,
                                      .seed = 5,
                                      .schedule = Schedule::cosine,
                                      .label_smoothing = 0.1,
                                      .dropout = 0.2};
const TrainingSettings smaller_than_the_shards = {.epochs = 1, .batch_size = 5, .learning_rate = 1e-2, .seed = 4};

INSTANTIATE_TEST_SUITE_P(OfNetworks, TrainingOnRanks,
                         testing::Values(Training{{20, 12, 3}, plain}, Training{{20, 3}, plain},
                                         Training{{20, 33, 17, 3}, plain}, Training{{20, 128, 3}, by_messages},
                                         Training{{20, 40, 24, 3}, regularized},
                                         Training{{20, 16, 3}, smaller_than_the_shards}));

TEST(TrainingOnRanks, LeavesEveryParameterOnALevelTheSameOnAnyNumberOfRanks) {
  const TrainingSet data(noise(333, 4, 5, 3));
  const parallel::Communicator world(MPI_COMM_WORLD);
  const parallel::Communicator alone(MPI_COMM_SELF);
  Mlp<float> together({20, 12, 3}, Activation({1.0}));
  together.initialize(9);
  const std::vector<double> conductances = {1.0e-4, 1.2e-4, 1.5e-4, 1.9e-4, 2.0e-4};
  const Placement placement(together, DeviceLevels(conductances), Mapping("mean_square"), 99.9, Biases::own_scale);
  Mlp<float> by_one = together;
  TrainingSettings settings = plain;
  settings.levels = &placement;
  train(together, data, settings, world);
  train(by_one, data, settings, alone);
  EXPECT_TRUE(placement.holds(together));
  EXPECT_EQ(hash(together), hash(by_one));
}

}  // namespace
}  // namespace spinsweep::network
