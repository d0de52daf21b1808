#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "network/evaluation.hpp"
#include "network/trainer.hpp"

namespace spinsweep::network {
namespace {

TEST(Training, GivesTheSameWeightsToTheLastBitOnAnyNumberOfRanks) {
  ImageSet data{.count = 333, .height = 4, .width = 5, .images = {}, .labels = {}};
  std::mt19937 generator(2);
  for (int k = 0; k < data.count; ++k) {
    for (int pixel = 0; pixel < data.pixels(); ++pixel) {
      data.images.push_back(static_cast<float>(generator() % 256) / 255.0F);
    }
    data.labels.push_back(static_cast<std::uint8_t>(generator() % 3));
  }
  const parallel::Communicator world(MPI_COMM_WORLD);
  const parallel::Communicator alone(MPI_COMM_SELF);
  const TrainingSettings settings{.epochs = 3, .batch_size = 50, .learning_rate = 1e-2, .seed = 4};
  Mlp<float> together({20, 12, 3}, Activation({0.9, 0.2}));
  together.initialize(9);
  Mlp<float> by_one = together;
  train(together, data, settings, world);
  train(by_one, data, settings, alone);
  EXPECT_TRUE(std::equal(together.parameters().begin(), together.parameters().end(), by_one.parameters().begin()));
  EXPECT_EQ(evaluate(together, data, 3, world).confusion, evaluate(by_one, data, 3, alone).confusion);
}

}  // namespace
}  // namespace spinsweep::network
