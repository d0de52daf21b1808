#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/aligned_vector.hpp"
#include "network/activation.hpp"
#include "network/counter_random.hpp"
#include "network/parameter_layout.hpp"

namespace spinsweep::network {

/// A multilayer perceptron: dense layers with the device's activation between them, no softmax at the end. All
/// parameters lie in one vector, as ParameterLayout says.
template <class Scalar>
class Mlp {
 public:
  using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;  ///< [column = sample][row = neuron]
  using WeightMap = Eigen::Map<const Matrix>;
  using VectorMap = Eigen::Map<const Eigen::Matrix<Scalar, Eigen::Dynamic, 1>>;

  /// sizes: neurons of each layer, inputs first, classes last. All parameters are zero. Errors: as of ParameterLayout.
  Mlp(std::vector<int> sizes, Activation activation)
      : layout_(std::move(sizes)),
        activation_(std::move(activation)),
        parameters_(layout_.parameter_count(), Scalar(0)) {}

  [[nodiscard]] const ParameterLayout& layout() const { return layout_; }
  [[nodiscard]] const std::vector<int>& sizes() const { return layout_.sizes(); }
  [[nodiscard]] const Activation& activation() const { return activation_; }
  [[nodiscard]] int layers() const { return layout_.layers(); }
  [[nodiscard]] int inputs(int layer) const { return layout_.inputs(layer); }
  [[nodiscard]] int outputs(int layer) const { return layout_.outputs(layer); }
  [[nodiscard]] std::size_t weight_count(int layer) const { return layout_.weight_count(layer); }
  [[nodiscard]] std::size_t weight_offset(int layer) const { return layout_.weight_offset(layer); }
  [[nodiscard]] std::size_t bias_offset(int layer) const { return layout_.bias_offset(layer); }

  [[nodiscard]] std::span<Scalar> parameters() { return parameters_; }
  [[nodiscard]] std::span<const Scalar> parameters() const { return parameters_; }
  [[nodiscard]] std::span<Scalar> weights(int layer) {
    return {parameters_.data() + weight_offset(layer), weight_count(layer)};
  }
  [[nodiscard]] std::span<const Scalar> weights(int layer) const {
    return {parameters_.data() + weight_offset(layer), weight_count(layer)};
  }
  [[nodiscard]] std::span<Scalar> biases(int layer) {
    return {parameters_.data() + bias_offset(layer), static_cast<std::size_t>(outputs(layer))};
  }
  [[nodiscard]] std::span<const Scalar> biases(int layer) const {
    return {parameters_.data() + bias_offset(layer), static_cast<std::size_t>(outputs(layer))};
  }

  /// Draws every parameter of a layer with n inputs from U(-1/sqrt(n), 1/sqrt(n)), after K. He et al., ICCV 2015, as
  /// PyTorch's nn.Linear does; of a logistic network with m outputs from U(-b, b), b = 4 sqrt(6/(n + m)), after
  /// X. Glorot and Y. Bengio, AISTATS 2010.
  void initialize(std::uint64_t seed) {
    const CounterRandom random(seed, CounterRandom::Purpose::initial_weights);
    for (int layer = 0; layer < layers(); ++layer) {
      const double bound = activation_.is_logistic()
                               ? 4.0 * std::sqrt(6.0 / static_cast<double>(inputs(layer) + outputs(layer)))
                               : 1.0 / std::sqrt(static_cast<double>(inputs(layer)));
      const auto draw = [&](std::span<Scalar> values, std::uint32_t part) {
        for (std::size_t k = 0; k < values.size(); ++k) {
          const double unit = random.uniform(static_cast<std::uint32_t>(k), part, static_cast<std::uint32_t>(layer));
          values[k] = static_cast<Scalar>(bound * (2.0 * unit - 1.0));
        }
      };
      draw(weights(layer), 0);
      draw(biases(layer), 1);
    }
  }

  /// Pre-activations of a layer, [sample][output]. values: [sample][input].
  [[nodiscard]] Matrix affine(int layer, const Matrix& values) const {
    Matrix result(outputs(layer), values.cols());
    result.noalias() = WeightMap(weights(layer).data(), outputs(layer), inputs(layer)) * values;
    result.colwise() += VectorMap(biases(layer).data(), outputs(layer));
    return result;
  }

  /// Class scores before the softmax, [sample][class]. images: [sample][input].
  [[nodiscard]] Matrix scores(std::span<const Scalar> images, int samples) const {
    Matrix values = affine(0, WeightMap(images.data(), inputs(0), samples));
    for (int layer = 1; layer < layers(); ++layer) {
      activation_.apply(std::span<Scalar>(values.data(), static_cast<std::size_t>(values.size())), {});
      values = affine(layer, values);
    }
    return values;
  }

 private:
  ParameterLayout layout_;
  Activation activation_;
  AlignedVector<Scalar> parameters_;
};

}  // namespace spinsweep::network
