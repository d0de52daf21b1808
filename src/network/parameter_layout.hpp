#pragma once

#include <cstddef>
#include <vector>

namespace spinsweep::network {

/// Where the parameters of a multilayer perceptron lie in one vector: layer after layer its weights [input][output],
/// then its biases [output], each block padded with zeros to a multiple of 16. Every parameter count follows from it:
/// of networks in memory, of stored models and of the checkpoints of a training.
class ParameterLayout {
 public:
  /// sizes: neurons of each layer, inputs first, classes last. Errors: InputError if there are fewer than two, one is
  /// below 1, or memory could not address the parameters.
  explicit ParameterLayout(std::vector<int> sizes);

  [[nodiscard]] const std::vector<int>& sizes() const { return sizes_; }
  /// Dense layers: one fewer than sizes().
  [[nodiscard]] int layers() const { return static_cast<int>(offsets_.size()) - 1; }
  [[nodiscard]] int inputs(int layer) const { return sizes_[static_cast<std::size_t>(layer)]; }
  [[nodiscard]] int outputs(int layer) const { return sizes_[static_cast<std::size_t>(layer) + 1]; }
  [[nodiscard]] std::size_t weight_count(int layer) const {
    return static_cast<std::size_t>(inputs(layer)) * static_cast<std::size_t>(outputs(layer));
  }
  [[nodiscard]] std::size_t weight_offset(int layer) const { return offsets_[static_cast<std::size_t>(layer)]; }
  [[nodiscard]] std::size_t bias_offset(int layer) const { return weight_offset(layer) + padded(weight_count(layer)); }

  /// Weights and biases of the whole network.
  [[nodiscard]] std::size_t unpadded_count() const;

  /// Parameters of the whole network, padding included.
  [[nodiscard]] std::size_t parameter_count() const { return offsets_.back(); }

 private:
  [[nodiscard]] static std::size_t padded(std::size_t count) { return (count + 15) / 16 * 16; }

  std::vector<int> sizes_;
  std::vector<std::size_t> offsets_;  ///< [layer], and the end
};

}  // namespace spinsweep::network
