#include "network/bias_correction.hpp"

#include <algorithm>
#include <vector>

#include "network/evaluation.hpp"

namespace spinsweep::network {

namespace {

/// Pre-activations of a layer, [sample][neuron].
Mlp<float>::Matrix pre_activations(const Mlp<float>& network, int layer, const ImageSet& images, int first, int count) {
  const auto numbers = images_as_numbers(images, first, count);
  Mlp<float>::Matrix values = network.affine(0, Mlp<float>::WeightMap(numbers.data(), network.inputs(0), count));
  for (int next = 1; next <= layer; ++next) {
    network.activation().apply(std::span<float>(values.data(), static_cast<std::size_t>(values.size())), {});
    values = network.affine(next, values);
  }
  return values;
}

}  // namespace

void correct_biases(Mlp<float>& network, const Mlp<float>& reference, const ImageSet& images) {
  constexpr int enough = 10'000;
  constexpr int block = 500;
  const int count = std::min(enough, images.count);
  for (int layer = 0; layer < network.layers(); ++layer) {
    std::vector<double> missing(static_cast<std::size_t>(network.outputs(layer)), 0.0);
    for (int first = 0; first < count; first += block) {
      const int samples = std::min(block, count - first);
      const auto wanted = pre_activations(reference, layer, images, first, samples);
      const auto found = pre_activations(network, layer, images, first, samples);
      for (Eigen::Index sample = 0; sample < found.cols(); ++sample) {
        for (Eigen::Index neuron = 0; neuron < found.rows(); ++neuron) {
          missing[static_cast<std::size_t>(neuron)] +=
              static_cast<double>(wanted(neuron, sample)) - static_cast<double>(found(neuron, sample));
        }
      }
    }
    const auto biases = network.biases(layer);
    for (std::size_t neuron = 0; neuron < biases.size(); ++neuron) {
      biases[neuron] += static_cast<float>(missing[neuron] / count);
    }
  }
}

}  // namespace spinsweep::network
