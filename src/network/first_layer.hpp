#pragma once

#include <array>
#include <cstddef>

#include "base/pack.hpp"
#include "network/batch.hpp"

/// The first layer's products with sparse images. Each result is one chain of multiply-adds in the order of the pixels
/// or samples, so it does not depend on which others are computed together with it.
namespace spinsweep::network {

/// Calls work.template operator()<packs>(offset, count) for tiles of `Packs` packs, a power of two, and of fewer at the
/// end that cover `outputs` from `offset` on; `count` is less than what fits for the last one only.
template <class Scalar, int Packs, class Work>
void for_each_tile(std::size_t outputs, Work&& work, std::size_t offset = 0) {
  constexpr std::size_t width = Packs * Pack<Scalar>::size();
  for (; offset + width <= outputs; offset += width) {
    work.template operator()<Packs>(offset, width);
  }
  if constexpr (Packs > 1) {
    for_each_tile<Scalar, Packs / 2>(outputs, work, offset);
  } else if (offset < outputs) {
    work.template operator()<1>(offset, outputs - offset);
  }
}

/// `count` neighbouring numbers, at most as many as `Packs` packs hold.
template <class Scalar, int Packs>
struct Tile {
  static constexpr std::size_t width = Pack<Scalar>::size();

  std::array<Pack<Scalar>, Packs> packs;  ///< zero only where `{}` asks for it

  /// Only a tile of one pack may have fewer numbers than room.
  static constexpr bool is_full(std::size_t count) { return Packs > 1 || count == width; }

  static Tile read(const Scalar* from, std::size_t count) {
    Tile tile;
    if (is_full(count)) {
      for (std::size_t p = 0; p < Packs; ++p) {
        tile.packs[p] = load(from + p * width);
      }
    } else {
      tile.packs[0] = load_part(from, count);
    }
    return tile;
  }

  void write(Scalar* to, std::size_t count) const {
    if (is_full(count)) {
      for (std::size_t p = 0; p < Packs; ++p) {
        copy_to(packs[p], to + p * width);
      }
    } else {
      copy_part_to(packs[0], to, count);
    }
  }

  void add_product(Scalar factor, const Scalar* from, std::size_t count) {
    const Pack<Scalar> wide(factor);
    if (is_full(count)) {
      for (std::size_t p = 0; p < Packs; ++p) {
        packs[p] = multiply_add(wide, load(from + p * width), packs[p]);
      }
    } else {
      packs[0] = multiply_add(wide, load_part(from, count), packs[0]);
    }
  }

  void add(const Tile& other) {
    for (std::size_t p = 0; p < Packs; ++p) {
      packs[p] += other.packs[p];
    }
  }
};

/// values[sample][output] = bias + weights times the image of each sample of the batch.
template <class Scalar>
void first_layer_values(const Batch<Scalar>& batch, const Scalar* weights, const Scalar* biases, std::size_t outputs,
                        Scalar* values) {
  for_each_tile<Scalar, 8>(outputs, [&]<int Packs>(std::size_t offset, std::size_t count) {
    for (std::size_t k = 0; k < batch.samples().size(); ++k) {
      const auto nonzero = batch.data().nonzero(batch.samples()[k]);
      const auto intensities = batch.data().intensities(batch.samples()[k]);
      auto sum = Tile<Scalar, Packs>::read(biases + offset, count);
      for (std::size_t place = 0; place < nonzero.size(); ++place) {
        sum.add_product(pixel_values<Scalar>[intensities[place]], weights + nonzero[place] * outputs + offset, count);
      }
      sum.write(values + k * outputs + offset, count);
    }
  });
}

/// Sums of intensity times delta over the samples of a node of the shards' tree.
template <class Scalar, int Packs>
class FirstLayerSum {
 public:
  FirstLayerSum(const Batch<Scalar>& batch, const Scalar* deltas, std::size_t outputs, std::size_t offset,
                std::size_t count)
      : batch_(batch), deltas_(deltas + offset), outputs_(outputs), count_(count) {}

  void begin(std::size_t pixel) {
    const auto entries = batch_.entries(pixel);
    next_ = entries.data();
    end_ = next_ + entries.size();
  }

  template <int Shards>
  [[nodiscard]] Tile<Scalar, Packs> of_node(int first) {
    if (next_ == end_) {
      return {};
    }
    if constexpr (Shards == 1) {
      const auto shard_end = static_cast<std::uint32_t>(batch_.shard(first).end);
      Tile<Scalar, Packs> sum{};
      for (; next_ != end_ && next_->sample < shard_end; ++next_) {
        sum.add_product(next_->value, deltas_ + next_->sample * outputs_, count_);
      }
      return sum;
    } else {
      Tile<Scalar, Packs> sum = of_node<Shards / 2>(first);
      sum.add(of_node<Shards / 2>(first + Shards / 2));
      return sum;
    }
  }

  [[nodiscard]] Tile<Scalar, Packs> of_node(const ShardNode& node) {
    switch (node.count) {
      case 8:
        return of_node<8>(node.first);
      case 4:
        return of_node<4>(node.first);
      case 2:
        return of_node<2>(node.first);
      default:
        return of_node<1>(node.first);
    }
  }

 private:
  const Batch<Scalar>& batch_;
  const Scalar* deltas_;
  std::size_t outputs_;
  std::size_t count_;
  const typename Batch<Scalar>::SparseEntry* next_ = nullptr;
  const typename Batch<Scalar>::SparseEntry* end_ = nullptr;
};

/// The gradient of the first layer's weights, [pixel][output], for each node. deltas: derivatives of the loss with
/// respect to the layer's pre-activations, [sample][output]; gradients: where the result of each node goes.
template <class Scalar>
void first_layer_gradients(const Batch<Scalar>& batch, const Scalar* deltas, std::size_t outputs,
                           std::span<const ShardNode> nodes, std::span<Scalar* const> gradients) {
  static_assert(shard_count == 8);
  const auto pixels = static_cast<std::size_t>(batch.data().pixels());
  for_each_tile<Scalar, 8>(outputs, [&]<int Packs>(std::size_t offset, std::size_t count) {
    FirstLayerSum<Scalar, Packs> sum(batch, deltas, outputs, offset, count);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      sum.begin(pixel);
      for (std::size_t n = 0; n < nodes.size(); ++n) {
        auto result = sum.of_node(nodes[n]);
        // A sum of no samples is +0, one of subnormal numbers flushed to zero may be -0: they must not differ.
        result.add({});
        result.write(gradients[n] + pixel * outputs + offset, count);
      }
    }
  });
}

}  // namespace spinsweep::network
