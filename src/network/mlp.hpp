#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "network/activation.hpp"

namespace spinsweep::network {

/// A vector that starts on the boundary of the widest register.
template <class Scalar>
using AlignedVector = std::vector<Scalar, Eigen::aligned_allocator<Scalar>>;

/// A multilayer perceptron: dense layers with the device activation between them and softmax cross-entropy at the end.
/// All parameters lie in one vector, layer after layer: weights [input][output], then biases [output], each padded with
/// zeros to a multiple of 16.
template <class Scalar>
class Mlp {
 public:
  using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;  ///< [column = sample][row = neuron]
  using WeightMap = Eigen::Map<const Matrix>;
  using VectorMap = Eigen::Map<const Eigen::Matrix<Scalar, Eigen::Dynamic, 1>>;

  /// sizes: neurons of each layer, inputs first, classes last. All parameters are zero.
  Mlp(std::vector<int> sizes, Activation activation) : sizes_(std::move(sizes)), activation_(std::move(activation)) {
    std::size_t total = 0;
    for (int layer = 0; layer < layers(); ++layer) {
      offsets_.push_back(total);
      total += padded(weight_count(layer)) + padded(static_cast<std::size_t>(outputs(layer)));
    }
    parameters_.assign(total, Scalar(0));
  }

  [[nodiscard]] const std::vector<int>& sizes() const { return sizes_; }
  [[nodiscard]] const Activation& activation() const { return activation_; }
  [[nodiscard]] int layers() const { return static_cast<int>(sizes_.size()) - 1; }
  [[nodiscard]] int inputs(int layer) const { return sizes_[static_cast<std::size_t>(layer)]; }
  [[nodiscard]] int outputs(int layer) const { return sizes_[static_cast<std::size_t>(layer) + 1]; }
  [[nodiscard]] std::size_t weight_count(int layer) const {
    return static_cast<std::size_t>(inputs(layer)) * static_cast<std::size_t>(outputs(layer));
  }
  [[nodiscard]] std::span<Scalar> parameters() { return parameters_; }
  [[nodiscard]] std::span<const Scalar> parameters() const { return parameters_; }
  [[nodiscard]] std::span<Scalar> weights(int layer) {
    return {parameters_.data() + offset(layer), weight_count(layer)};
  }
  [[nodiscard]] std::span<const Scalar> weights(int layer) const {
    return {parameters_.data() + offset(layer), weight_count(layer)};
  }

  /// Draws every parameter of a layer with n inputs from U(-1/sqrt(n), 1/sqrt(n)), after K. He et al., ICCV 2015, as
  /// PyTorch's nn.Linear does.
  void initialize(std::uint64_t seed) {
    for (int layer = 0; layer < layers(); ++layer) {
      std::mt19937_64 generator(seed * 1000 + static_cast<std::uint64_t>(layer));
      const double bound = 1.0 / std::sqrt(static_cast<double>(inputs(layer)));
      const std::size_t weights_of_layer = weight_count(layer);
      const std::size_t count = weights_of_layer + static_cast<std::size_t>(outputs(layer));
      for (std::size_t k = 0; k < count; ++k) {
        // The top 53 bits: std::uniform_real_distribution may differ between standard libraries.
        const double unit = static_cast<double>(generator() >> 11U) * 0x1p-53;
        const std::size_t place = k < weights_of_layer ? offset(layer) + k : bias_offset(layer) + k - weights_of_layer;
        parameters_[place] = static_cast<Scalar>(bound * (2.0 * unit - 1.0));
      }
    }
  }

  /// Class scores before the softmax, [sample][class]. images: [sample][input].
  [[nodiscard]] Matrix scores(std::span<const Scalar> images, int samples) const {
    Matrix values = WeightMap(images.data(), sizes_.front(), samples);
    for (int layer = 0; layer < layers(); ++layer) {
      values = affine(layer, values);
      if (layer + 1 < layers()) {
        values = values.unaryExpr([&](Scalar x) { return activation_(x).first; });
      }
    }
    return values;
  }

  /// Sum over the samples of the cross-entropy, and its gradient by every parameter, added to `gradient`.
  double add_gradient(std::span<const Scalar> images, std::span<const std::uint8_t> labels,
                      std::span<Scalar> gradient) const {
    const auto samples = static_cast<Eigen::Index>(labels.size());
    std::vector<Matrix> inputs_of{Matrix(WeightMap(images.data(), sizes_.front(), samples))};
    std::vector<Matrix> slopes;
    for (int layer = 0; layer + 1 < layers(); ++layer) {
      Matrix values = affine(layer, inputs_of.back());
      Matrix slope(values.rows(), values.cols());
      for (Eigen::Index k = 0; k < values.size(); ++k) {
        const auto [value, derivative] = activation_(values.data()[k]);
        values.data()[k] = value;
        slope.data()[k] = derivative;
      }
      inputs_of.push_back(std::move(values));
      slopes.push_back(std::move(slope));
    }
    Matrix delta = affine(layers() - 1, inputs_of.back());
    double loss = 0.0;
    for (Eigen::Index sample = 0; sample < samples; ++sample) {
      auto column = delta.col(sample);
      const auto label = static_cast<Eigen::Index>(labels[static_cast<std::size_t>(sample)]);
      column.array() -= column.maxCoeff();
      const Scalar own = column[label];
      column = column.array().exp();
      const Scalar sum = column.sum();
      loss += std::log(static_cast<double>(sum)) - static_cast<double>(own);
      column /= sum;
      column[label] -= Scalar(1);
    }
    for (int layer = layers() - 1; layer >= 0; --layer) {
      const Matrix& input = inputs_of[static_cast<std::size_t>(layer)];
      Eigen::Map<Matrix> weight_gradient(gradient.data() + offset(layer), outputs(layer), inputs(layer));
      Eigen::Map<Eigen::Matrix<Scalar, Eigen::Dynamic, 1>> bias_gradient(gradient.data() + bias_offset(layer),
                                                                         outputs(layer));
      weight_gradient.noalias() += delta * input.transpose();
      bias_gradient += delta.rowwise().sum();
      if (layer > 0) {
        delta = (WeightMap(weights(layer).data(), outputs(layer), inputs(layer)).transpose() * delta)
                    .cwiseProduct(slopes[static_cast<std::size_t>(layer) - 1])
                    .eval();
      }
    }
    return loss;
  }

 private:
  /// Eigen treats the ends of an array that starts off a vector register's boundary by other instructions, which round
  /// otherwise; so every block starts on one, and a result does not depend on where memory was found.
  static std::size_t padded(std::size_t count) { return (count + 15) / 16 * 16; }
  [[nodiscard]] std::size_t bias_offset(int layer) const { return offset(layer) + padded(weight_count(layer)); }
  [[nodiscard]] std::size_t offset(int layer) const { return offsets_[static_cast<std::size_t>(layer)]; }

  [[nodiscard]] Matrix affine(int layer, const Matrix& input) const {
    Matrix result(outputs(layer), input.cols());
    result.noalias() = WeightMap(weights(layer).data(), outputs(layer), inputs(layer)) * input;
    result.colwise() += VectorMap(parameters_.data() + bias_offset(layer), outputs(layer));
    return result;
  }

  std::vector<int> sizes_;
  Activation activation_;
  std::vector<std::size_t> offsets_;
  AlignedVector<Scalar> parameters_;
};

}  // namespace spinsweep::network
