#include "network/device_sample.hpp"

#include "network/write_weights.hpp"

namespace spinsweep::network {

DeviceSample::DeviceSample(const Mlp<float>& network, const Placement& placement, const DeviceNoise& noise,
                           std::uint64_t seed, std::uint32_t sample, std::optional<int> only_layer,
                           const LevelTransitions* transitions, const NeuronSpread* neurons)
    : network_(network), read_noise_(noise, seed, sample), neuron_noise_(noise, neurons, seed, sample) {
  const WriteNoise write_noise(noise, placement.device(), seed, transitions);
  if (read_noise_.is_on()) {
    for (int layer = 0; layer < network.layers(); ++layer) {
      read_variance_.emplace_back(Mlp<float>::Matrix::Zero(network.outputs(layer), network.inputs(layer)));
    }
  }
  for (int layer = 0; layer < network.layers(); ++layer) {
    const auto& ranges = placement.layers()[static_cast<std::size_t>(layer)].ranges;
    if (ranges.empty() || (only_layer && *only_layer != layer)) {
      continue;
    }
    const auto variance_of_reading = [&](std::size_t begin, std::size_t count, const RunConductances& g) {
      for (std::size_t k = 0; k < count && read_noise_.is_on(); ++k) {
        const Range& range = ranges[(begin + k) % ranges.size()];
        double variance = read_noise_.variance(write_noise.unit()(g[0][k]));
        if (placement.differential_pair()) {
          variance += read_noise_.variance(write_noise.unit()(g[1][k]));
        }
        const double scale = weight_per_conductance(range, placement.differential_pair());
        read_variance_[static_cast<std::size_t>(layer)].data()[begin + k] =
            static_cast<float>(scale * scale * variance);
      }
    };
    write_weights(write_noise, placement, layer, sample, 0, network_.weights(layer), variance_of_reading);
  }
}

Evaluation DeviceSample::evaluate(const ImageSet& data, int classes, const parallel::Communicator& communicator) const {
  if (!read_noise_.is_on() && !neuron_noise_.is_on()) {
    return network::evaluate(network_, data, classes, communicator);
  }
  return network::evaluate(
      [this](std::span<const float> images, int samples, std::size_t first) { return scores(images, samples, first); },
      data, classes, communicator);
}

void DeviceSample::add_read_noise(int layer, const Mlp<float>::Matrix& inputs, std::size_t first,
                                  Mlp<float>::Matrix& values) const {
  const Mlp<float>::Matrix variance = read_variance_[static_cast<std::size_t>(layer)] * inputs.cwiseProduct(inputs);
  for (Eigen::Index sample = 0; sample < values.cols(); ++sample) {
    const auto image = static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(sample);
    for (Eigen::Index output = 0; output < values.rows(); ++output) {
      values(output, sample) +=
          read_noise_.error(variance(output, sample), image, layer, static_cast<std::uint32_t>(output));
    }
  }
}

void DeviceSample::activate(int layer, std::size_t first, Mlp<float>::Matrix& values) const {
  Mlp<float>::Matrix errors;
  if (neuron_noise_.is_on()) {
    errors.resize(values.rows(), values.cols());
    for (Eigen::Index sample = 0; sample < values.cols(); ++sample) {
      const auto image = static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(sample);
      for (Eigen::Index neuron = 0; neuron < values.rows(); ++neuron) {
        errors(neuron, sample) =
            neuron_noise_.error(values(neuron, sample), image, layer, static_cast<std::uint32_t>(neuron));
      }
    }
  }
  network_.activation().apply(std::span<float>(values.data(), static_cast<std::size_t>(values.size())), {});
  if (neuron_noise_.is_on()) {
    values += errors;
  }
}

Mlp<float>::Matrix DeviceSample::scores(std::span<const float> images, int samples, std::size_t first) const {
  Mlp<float>::Matrix inputs = Mlp<float>::WeightMap(images.data(), network_.inputs(0), samples);
  for (int layer = 0;; ++layer) {
    Mlp<float>::Matrix values = network_.affine(layer, inputs);
    if (read_noise_.is_on()) {
      add_read_noise(layer, inputs, first, values);
    }
    if (layer + 1 == network_.layers()) {
      return values;
    }
    activate(layer, first, values);
    inputs = std::move(values);
  }
}

}  // namespace spinsweep::network
