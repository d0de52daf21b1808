#include "network/bias_correction.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "network/evaluation.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {
namespace {

constexpr int image_count = 700;  // not a multiple of the block size

ImageSet noise() {
  ImageSet set{.count = image_count, .height = 4, .width = 5, .images = {}, .labels = {}};
  std::mt19937 generator(3);
  for (int k = 0; k < set.count; ++k) {
    for (int pixel = 0; pixel < set.pixels(); ++pixel) {
      set.images.push_back(static_cast<std::uint8_t>(generator() % 256));
    }
    set.labels.push_back(static_cast<std::uint8_t>(k % 4));
  }
  return set;
}

Mlp<float> reference() {
  Mlp<float> network({20, 12, 7, 4}, Activation({0.9, 0.2}));
  network.initialize(5);
  network.weights(0)[0] = 2.0F;
  return network;
}

/// On levels far from zero. The only large weight of the first layer spreads them so far apart that all
/// other weights move to the same one, below zero.
Mlp<float> on_poor_levels(Mlp<float> network) {
  const DeviceLevels levels(std::vector<double>{1e-4, 1.9e-4, 3e-4});
  Placement(network, levels, PlacementRule{Mapping("max_abs"), 99.0, Biases::digital}).quantize(network);
  return network;
}

/// Mean and largest sum of each neuron of a layer over the images.
std::vector<std::pair<double, double>> sums(const Mlp<float>& network, int layer, const ImageSet& images) {
  const auto numbers = images_as_numbers(images, 0, images.count);
  auto values = network.affine(0, Mlp<float>::WeightMap(numbers.data(), images.pixels(), images.count));
  for (int next = 1; next <= layer; ++next) {
    network.activation().apply(std::span<float>(values.data(), static_cast<std::size_t>(values.size())), {});
    values = network.affine(next, values);
  }
  std::vector<std::pair<double, double>> result;
  for (Eigen::Index neuron = 0; neuron < values.rows(); ++neuron) {
    result.emplace_back(values.row(neuron).cast<double>().mean(), values.row(neuron).maxCoeff());
  }
  return result;
}

TEST(BiasCorrection, GivesEveryNeuronOfEveryLayerItsMeanInTheReference) {
  const ImageSet images = noise();
  const Mlp<float> wanted = reference();
  Mlp<float> network = on_poor_levels(wanted);
  ASSERT_GT(std::abs(sums(network, 0, images)[0].first - sums(wanted, 0, images)[0].first), 0.1);
  correct_biases(network, wanted, images);
  for (int layer = 0; layer < wanted.layers(); ++layer) {
    const auto before = sums(wanted, layer, images);
    const auto after = sums(network, layer, images);
    for (std::size_t neuron = 0; neuron < before.size(); ++neuron) {
      EXPECT_NEAR(after[neuron].first, before[neuron].first, 1e-5) << "layer " << layer << " neuron " << neuron;
    }
  }
}

TEST(BiasCorrection, ReactivatesHiddenNeuronsThatAreZeroForEveryImage) {
  const ImageSet images = noise();
  const Mlp<float> wanted = reference();
  Mlp<float> network = on_poor_levels(wanted);
  const auto inactive = [&](const Mlp<float>& of) {
    const auto all = sums(of, 0, images);
    return std::count_if(all.begin(), all.end(), [](const auto& neuron) { return neuron.second <= 0.0; });
  };
  const auto before = inactive(network);
  ASSERT_GT(before, inactive(wanted) + 6);
  correct_biases(network, wanted, images);
  EXPECT_LE(inactive(network), inactive(wanted));
}

TEST(BiasCorrection, ChangesNoWeightAndNoNetworkThatEqualsItsReference) {
  const ImageSet images = noise();
  const Mlp<float> wanted = reference();
  Mlp<float> same = wanted;
  correct_biases(same, wanted, images);
  EXPECT_TRUE(std::ranges::equal(same.parameters(), wanted.parameters()));
  const Mlp<float> quantised = on_poor_levels(wanted);
  Mlp<float> network = quantised;
  correct_biases(network, wanted, images);
  for (int layer = 0; layer < wanted.layers(); ++layer) {
    EXPECT_TRUE(std::ranges::equal(network.weights(layer), quantised.weights(layer)));
  }
}

}  // namespace
}  // namespace spinsweep::network
