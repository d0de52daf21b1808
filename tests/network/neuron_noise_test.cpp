#include "network/noise_neuron.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "network/device_sample.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::network {
namespace {

const DeviceNoise simulated = {.neurons = NeuronNoiseSource::simulated};

/// Mean and standard deviation of the errors at an input.
std::pair<double, double> moments(const NeuronNoise& noise, float input) {
  constexpr std::uint32_t images = 20'000;
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint32_t image = 0; image < images; ++image) {
    const auto error = static_cast<double>(noise.error(input, image, 0, 3));
    sum += error / images;
    squares += error * error / images;
  }
  return {sum, std::sqrt(squares - sum * sum)};
}

TEST(NeuronNoise, HasTheMeanAndTheSpreadOfTheRealisations) {
  const NeuronSpread spread{.inputs = {0.0, 0.5, 1.0}, .deviations = {{-0.1, 0.1}, {-0.4, 0.0, 0.4}, {-0.2, 0.2}}};
  const NeuronNoise noise(simulated, &spread, 1, 0);
  ASSERT_TRUE(noise.is_on());
  const auto expect = [&](float input, double deviation) {
    const auto [mean, found] = moments(noise, input);
    EXPECT_NEAR(mean, 0.0, 0.01) << input;
    EXPECT_NEAR(found, deviation, 0.01) << input;
  };
  expect(0.0F, 0.1);
  expect(0.5F, 0.4 * std::sqrt(2.0 / 3.0));
  expect(1.0F, 0.2);
  expect(7.0F, 0.2);
}

TEST(NeuronNoise, IsLinearBetweenTheSweptCurrentDensities) {
  const NeuronSpread spread{.inputs = {0.0, 0.5, 1.0}, .deviations = {{-0.1, 0.1}, {-0.3, 0.3}, {-0.5, 0.5}}};
  const NeuronNoise noise(simulated, &spread, 1, 0);
  for (std::uint32_t image = 0; image < 20; ++image) {
    EXPECT_NEAR(std::abs(noise.error(0.25F, image, 1, 2)), 0.2, 1e-6);
    EXPECT_NEAR(std::abs(noise.error(0.75F, image, 1, 2)), 0.4, 1e-6);
  }
}

TEST(NeuronNoise, LeavesNeuronsWithoutCurrentAlone) {
  const NeuronSpread spread{.inputs = {0.0, 1.0}, .deviations = {{-0.1, 0.1}, {-0.3, 0.3}}};
  const NeuronNoise noise(simulated, &spread, 1, 0);
  EXPECT_EQ(noise.error(-0.2F, 0, 0, 0), 0.0F);
  EXPECT_EQ(noise.error(std::nanf(""), 0, 0, 0), 0.0F);
}

TEST(NeuronNoise, IsOffUnlessItIsAskedForAndKnown) {
  const NeuronSpread spread{.inputs = {0.0, 1.0}, .deviations = {{0.0}, {0.0}}};
  EXPECT_FALSE(NeuronNoise({}, &spread, 1, 0).is_on());
  EXPECT_FALSE(NeuronNoise(simulated, nullptr, 1, 0).is_on());
}

TEST(NeuronNoise, OfADeviceSampleIsDrawnForEveryNeuronAndImage) {
  const parallel::Communicator self(MPI_COMM_SELF);
  Mlp<float> network({4, 6, 3}, Activation({1.0}));
  // Every class is the sum of two neurons, all of which see the same.
  std::ranges::fill(network.weights(0), 1.0F);
  for (std::size_t neuron = 0; neuron < 6; ++neuron) {
    network.weights(1)[neuron * 3 + neuron % 3] = 1.0F;
  }
  const Placement placement(network, DeviceLevels(std::vector<double>{1.0, 2.0, 3.0}),
                            PlacementRule{.mapping = Mapping("max_abs")});
  placement.quantize(network);
  ImageSet images{.count = 900, .height = 2, .width = 2, .images = {}, .labels = {}};
  for (int k = 0; k < images.count; ++k) {
    // The same image again and again.
    images.images.insert(images.images.end(), {200, 10, 250, 120});
    images.labels.push_back(0);
  }
  const auto classes_found = [&](const NeuronSpread& spread, std::uint32_t sample) {
    const DeviceSample drawn(network, placement, simulated, 1, sample, std::nullopt, nullptr, &spread);
    return drawn.evaluate(images, 3, self).confusion;
  };
  const NeuronSpread none{.inputs = {0.0, 1.0}, .deviations = {{0.0, 0.0}, {0.0, 0.0}}};
  const NeuronSpread wide{.inputs = {0.0, 1.0}, .deviations = {{-2.0, 2.0}, {-2.0, 2.0}}};
  EXPECT_EQ(classes_found(none, 0), evaluate(network, images, 3, self).confusion);
  const auto scattered = classes_found(wide, 0);
  for (std::size_t found = 0; found < 3; ++found) {
    EXPECT_GT(scattered[found], 100) << "the neurons and the images differ in their draws";
  }
  EXPECT_EQ(classes_found(wide, 0), scattered) << "the same sample";
  EXPECT_NE(classes_found(wide, 1), scattered) << "another sample";
}

}  // namespace
}  // namespace spinsweep::network
