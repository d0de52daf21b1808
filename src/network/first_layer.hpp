#pragma once

#include <array>
#include <cstddef>

#include "base/pack.hpp"
#include "network/batch.hpp"

/// The first layer's products with images, which are mostly black: the only place where lit pixels are looked up. Each
/// result is one chain of multiply-adds in the order of the pixels or samples, so it does not depend on which others
/// are computed beside it.
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
      const auto lit = batch.data().lit(batch.samples()[k]);
      const auto brightness = batch.data().brightness(batch.samples()[k]);
      auto sum = Tile<Scalar, Packs>::read(biases + offset, count);
      for (std::size_t place = 0; place < lit.size(); ++place) {
        sum.add_product(pixel_values<Scalar>[brightness[place]], weights + lit[place] * outputs + offset, count);
      }
      sum.write(values + k * outputs + offset, count);
    }
  });
}

/// Sums of brightness times slope over the samples of a node of the shards' tree.
template <class Scalar, int Packs>
class FirstLayerSum {
 public:
  FirstLayerSum(const Batch<Scalar>& batch, const Scalar* slopes, std::size_t outputs, std::size_t offset,
                std::size_t count)
      : batch_(batch), slopes_(slopes + offset), outputs_(outputs), count_(count) {}

  void begin(std::size_t pixel) {
    const auto lights = batch_.lights(pixel);
    next_ = lights.data();
    end_ = next_ + lights.size();
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
        sum.add_product(next_->value, slopes_ + next_->sample * outputs_, count_);
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
  const Scalar* slopes_;
  std::size_t outputs_;
  std::size_t count_;
  const typename Batch<Scalar>::Light* next_ = nullptr;
  const typename Batch<Scalar>::Light* end_ = nullptr;
};

/// The gradient of the first layer's weights, [pixel][output], for each node. slopes: of the loss by the layer's
/// values, [sample][output]; gradients: where the result of each node goes.
template <class Scalar>
void first_layer_gradients(const Batch<Scalar>& batch, const Scalar* slopes, std::size_t outputs,
                           std::span<const ShardNode> nodes, std::span<Scalar* const> gradients) {
  static_assert(shard_count == 8);
  const auto pixels = static_cast<std::size_t>(batch.data().pixels());
  for_each_tile<Scalar, 8>(outputs, [&]<int Packs>(std::size_t offset, std::size_t count) {
    FirstLayerSum<Scalar, Packs> sum(batch, slopes, outputs, offset, count);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      sum.begin(pixel);
      for (std::size_t n = 0; n < nodes.size(); ++n) {
        auto result = sum.of_node(nodes[n]);
        // A sum that was left out reads +0, one that was flushed -0: they must not differ.
        result.add({});
        result.write(gradients[n] + pixel * outputs + offset, count);
      }
    }
  });
}

}  // namespace spinsweep::network
