#pragma once

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "network/batch.hpp"
#include "network/dense_first_layer.hpp"
#include "network/dropout.hpp"
#include "network/first_layer.hpp"
#include "network/mlp.hpp"

namespace spinsweep::network {

/// Measures against overfitting.
struct Regularization {
  double label_smoothing = 0.0;  ///< fraction of the target spread over all classes
  double dropout = 0.0;          ///< fraction of hidden neurons dropped in a step; the others are scaled up in return
  std::uint64_t seed = 1;        ///< of the dropout masks
};

/// Softmax cross-entropy of a batch and its gradient with respect to every parameter, shard by shard. Memory is
/// allocated once.
///
/// A shard's results must not depend on where it lies in memory, which differs with the number of ranks. Eigen peels
/// loops until the target is aligned and sums the peeled elements in another order, so the target of a product, a
/// reduction or an exponential is scratch_ or a block of the parameters' layout, which are always aligned.
template <class Scalar>
class Backpropagation {
 public:
  using Matrix = typename Mlp<Scalar>::Matrix;

  Backpropagation(const Mlp<Scalar>& shape, const Regularization& regularization)
      : shape_(shape),
        regularization_(regularization),
        dropout_(regularization.dropout, regularization.seed),
        values_(static_cast<std::size_t>(shape.layers())),
        deltas_(static_cast<std::size_t>(shape.layers())) {}

  /// parameters: as in Mlp. gradients: for each node the sum over its samples, laid out like the parameters. losses:
  /// the sum over the samples of each shard is added to it.
  void run(std::span<const Scalar> parameters, const Batch<Scalar>& batch, std::span<const ShardNode> nodes,
           std::span<Scalar* const> gradients, std::array<double, shard_count>& losses) {
    for (int layer = 0; layer < shape_.layers(); ++layer) {
      const auto samples = static_cast<Eigen::Index>(batch.samples().size());
      values_[at(layer)].resize(shape_.outputs(layer), samples);
      deltas_[at(layer)].resize(shape_.outputs(layer), samples);
    }
    const bool dense = batch.data().is_dense();
    const auto first_outputs = static_cast<std::size_t>(shape_.outputs(0));
    (dense ? dense_first_layer_values<Scalar>
           : first_layer_values<Scalar>)(batch, parameters.data() + shape_.weight_offset(0),
                                         parameters.data() + shape_.bias_offset(0), first_outputs, values_[0].data());
    for (const ShardNode& node : nodes) {
      for (int shard = node.first; shard < node.first + node.count; ++shard) {
        if (batch.shard(shard).size() > 0) {
          forward(parameters, batch, shard);
          losses[static_cast<std::size_t>(shard)] += compare(batch, shard);
          backward(parameters, batch, shard);
        }
      }
    }
    (dense ? dense_first_layer_gradients<Scalar> : first_layer_gradients<Scalar>)(batch, deltas_[0].data(),
                                                                                  first_outputs, nodes, gradients);
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      add_up_biases(0, batch, nodes[n], gradients[n]);
      for (int layer = 1; layer < shape_.layers(); ++layer) {
        add_up_weights(layer, batch, nodes[n], gradients[n] + shape_.weight_offset(layer), 0);
        add_up_biases(layer, batch, nodes[n], gradients[n]);
      }
    }
  }

 private:
  using Weights = Eigen::Map<const Matrix, Eigen::AlignedMax>;
  using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

  static std::size_t at(int layer) { return static_cast<std::size_t>(layer); }

  [[nodiscard]] Weights weights(std::span<const Scalar> parameters, int layer) const {
    return {parameters.data() + shape_.weight_offset(layer), shape_.outputs(layer), shape_.inputs(layer)};
  }

  /// The columns of a shard.
  [[nodiscard]] static auto columns(Matrix& matrix, const Part& part) {
    return matrix.middleCols(static_cast<Eigen::Index>(part.begin), static_cast<Eigen::Index>(part.size()));
  }

  [[nodiscard]] static std::span<Scalar> numbers(Matrix& matrix, const Part& part) {
    const auto rows = static_cast<std::size_t>(matrix.rows());
    return {matrix.data() + part.begin * rows, part.size() * rows};
  }

  /// Leaves each hidden layer's activations in values_, their derivatives in deltas_, the class scores in
  /// values_.back().
  void forward(std::span<const Scalar> parameters, const Batch<Scalar>& batch, int shard) {
    const Part& part = batch.shard(shard);
    for (int layer = 0; layer + 1 < shape_.layers(); ++layer) {
      shape_.activation().apply(numbers(values_[at(layer)], part), numbers(deltas_[at(layer)], part));
      if (regularization_.dropout > 0.0) {
        drop_out(layer, batch, part);
      }
      scratch_.noalias() = weights(parameters, layer + 1) * columns(values_[at(layer)], part);
      columns(values_[at(layer + 1)], part) =
          scratch_.colwise() +
          typename Mlp<Scalar>::VectorMap(parameters.data() + shape_.bias_offset(layer + 1), shape_.outputs(layer + 1));
    }
  }

  void drop_out(int layer, const Batch<Scalar>& batch, const Part& part) {
    const auto kept = static_cast<Scalar>(1.0 / (1.0 - regularization_.dropout));
    const auto neurons = static_cast<std::size_t>(shape_.outputs(layer));
    for (std::size_t k = part.begin; k < part.end; ++k) {
      Scalar* values = values_[at(layer)].data() + k * neurons;
      Scalar* deltas = deltas_[at(layer)].data() + k * neurons;
      for (std::size_t neuron = 0; neuron < neurons; neuron += 4) {
        const auto dropped = dropout_.mask(batch.step(), batch.first_sample() + k, layer, neuron);
        for (std::size_t lane = 0; lane < std::min<std::size_t>(4, neurons - neuron); ++lane) {
          const Scalar factor = dropped[lane] ? Scalar(0) : kept;
          values[neuron + lane] *= factor;
          deltas[neuron + lane] *= factor;
        }
      }
    }
  }

  /// Summed loss of a shard; leaves its derivative with respect to the class scores in deltas_.back().
  double compare(const Batch<Scalar>& batch, int shard) {
    const Part& part = batch.shard(shard);
    auto scores = columns(values_.back(), part);
    auto deltas = columns(deltas_.back(), part);
    const auto classes = static_cast<double>(scores.rows());
    const auto spread = static_cast<Scalar>(regularization_.label_smoothing / classes);
    const auto certain = static_cast<Scalar>(1.0 - regularization_.label_smoothing);
    scores.rowwise() -= scores.colwise().maxCoeff().eval();
    // All columns as one array: a single column is shorter than a register.
    scratch_ = scores.array().exp();
    double loss = 0.0;
    for (std::size_t k = part.begin; k < part.end; ++k) {
      const auto column = static_cast<Eigen::Index>(k - part.begin);
      const auto label = static_cast<Eigen::Index>(batch.data().label(batch.samples()[k]));
      Scalar sum(0);
      Scalar sum_of_scores(0);
      for (Eigen::Index output = 0; output < scores.rows(); ++output) {
        sum += scratch_(output, column);
        sum_of_scores += scores(output, column);
      }
      loss += std::log(static_cast<double>(sum)) -
              static_cast<double>(certain * scores(label, column) + spread * sum_of_scores);
      deltas.col(column) = scratch_.col(column).array() * (Scalar(1) / sum) - spread;
      deltas(label, column) -= certain;
    }
    return loss;
  }

  /// Leaves the derivative of the loss with respect to every layer's pre-activations in deltas_.
  void backward(std::span<const Scalar> parameters, const Batch<Scalar>& batch, int shard) {
    const Part& part = batch.shard(shard);
    for (int layer = shape_.layers() - 1; layer > 0; --layer) {
      scratch_.noalias() = weights(parameters, layer).transpose() * columns(deltas_[at(layer)], part);
      columns(deltas_[at(layer - 1)], part).array() *= scratch_.array();
    }
  }

  /// Writes the gradient of a layer's weights, summed over a node, to `target`.
  void add_up_weights(int layer, const Batch<Scalar>& batch, const ShardNode& node, Scalar* target, std::size_t depth) {
    Eigen::Map<Matrix, Eigen::AlignedMax> sum(target, shape_.outputs(layer), shape_.inputs(layer));
    if (node.count == 1) {
      const Part& part = batch.shard(node.first);
      if (part.size() == 0) {
        sum.setZero();
      } else {
        sum.noalias() = columns(deltas_[at(layer)], part) * columns(values_[at(layer - 1)], part).transpose();
      }
      return;
    }
    const int half = node.count / 2;
    add_up_weights(layer, batch, {node.first, half}, target, depth + 1);
    AlignedVector<Scalar>& other = partial_sums_[depth];
    other.resize(std::max(other.size(), shape_.weight_count(layer)));
    add_up_weights(layer, batch, {node.first + half, half}, other.data(), depth + 1);
    sum += Eigen::Map<Matrix, Eigen::AlignedMax>(other.data(), sum.rows(), sum.cols());
  }

  void add_up_biases(int layer, const Batch<Scalar>& batch, const ShardNode& node, Scalar* gradient) {
    Eigen::Map<Vector>(gradient + shape_.bias_offset(layer), shape_.outputs(layer)) = bias_sum(layer, batch, node);
  }

  [[nodiscard]] Vector bias_sum(int layer, const Batch<Scalar>& batch, const ShardNode& node) const {
    if (node.count > 1) {
      const int half = node.count / 2;
      return bias_sum(layer, batch, {node.first, half}) + bias_sum(layer, batch, {node.first + half, half});
    }
    const Part& part = batch.shard(node.first);
    Vector sum = Vector::Zero(shape_.outputs(layer));
    for (std::size_t k = part.begin; k < part.end; ++k) {
      sum += deltas_[at(layer)].col(static_cast<Eigen::Index>(k));
    }
    return sum;
  }

  const Mlp<Scalar>& shape_;
  Regularization regularization_;
  Dropout dropout_;
  std::vector<Matrix> values_;  ///< of each layer, [sample][output]
  std::vector<Matrix> deltas_;  ///< the same: first the activation's derivative, then that of the loss
  Matrix scratch_;              ///< of one shard
  /// Of each depth of the tree of eight shards.
  std::vector<AlignedVector<Scalar>> partial_sums_ = std::vector<AlignedVector<Scalar>>(3);
};

}  // namespace spinsweep::network
