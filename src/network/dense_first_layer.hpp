#pragma once

#include <array>

#include "network/batch.hpp"
#include "network/first_layer.hpp"

/// The first layer's products with dense images. Each result is the same chain of multiply-adds as in first_layer.hpp,
/// zero pixels included, so it has the same value; but a tile of several samples or pixels by several packs of outputs
/// stays in registers, which a list of nonzero pixels does not allow.
namespace spinsweep::network {

/// As many packs as leave room in the registers for six times as many sums. Four rows instead of six reached 0.63 of
/// sgemm's rate where six reach 0.74.
template <class Scalar>
constexpr int dense_packs = sizeof(Pack<Scalar>) >= 64 ? 4 : 2;

/// Sums of `Rows` rows of a product by at most as many columns as `Packs` packs hold.
template <class Scalar, int Rows, int Packs>
struct DenseTile {
  std::array<Tile<Scalar, Packs>, Rows> rows;

  /// Adds factors[r][k] * columns[k][...] for k from 0 to count - 1, in this order. The strides are those of r and of
  /// k in the factors, and of k in the columns.
  void add_products(const Scalar* factors, std::size_t row_stride, std::size_t step, const Scalar* columns,
                    std::size_t column_stride, std::size_t count, std::size_t width) {
    for (std::size_t k = 0; k < count; ++k) {
      const auto values = Tile<Scalar, Packs>::read(columns + k * column_stride, width);
#pragma GCC unroll 6
      for (std::size_t r = 0; r < Rows; ++r) {
        const Pack<Scalar> factor(factors[r * row_stride + k * step]);
#pragma GCC unroll 4
        for (std::size_t p = 0; p < Packs; ++p) {
          rows[r].packs[p] = multiply_add(factor, values.packs[p], rows[r].packs[p]);
        }
      }
    }
  }

  void add(const DenseTile& other) {
    for (std::size_t r = 0; r < Rows; ++r) {
      rows[r].add(other.rows[r]);
    }
  }
};

/// Calls work.template operator()<rows>(first) for blocks of 6, 4 and 1 rows that cover `count`.
template <class Work>
void for_each_block(std::size_t count, Work&& work) {
  std::size_t first = 0;
  for (; first + 6 <= count; first += 6) {
    work.template operator()<6>(first);
  }
  for (; first + 4 <= count; first += 4) {
    work.template operator()<4>(first);
  }
  for (; first < count; ++first) {
    work.template operator()<1>(first);
  }
}

/// As first_layer_values().
template <class Scalar>
void dense_first_layer_values(const Batch<Scalar>& batch, const Scalar* weights, const Scalar* biases,
                              std::size_t outputs, Scalar* values) {
  const auto pixels = static_cast<std::size_t>(batch.data().pixels());
  for_each_tile<Scalar, dense_packs<Scalar>>(outputs, [&]<int Packs>(std::size_t offset, std::size_t width) {
    for_each_block(batch.samples().size(), [&]<int Rows>(std::size_t first) {
      DenseTile<Scalar, Rows, Packs> sum;
      sum.rows.fill(Tile<Scalar, Packs>::read(biases + offset, width));
      sum.add_products(batch.image(first), pixels, 1, weights + offset, outputs, pixels, width);
      for (std::size_t r = 0; r < Rows; ++r) {
        sum.rows[r].write(values + (first + r) * outputs + offset, width);
      }
    });
  });
}

/// Sums of intensity times delta of several pixels over the samples of a node of the shards' tree.
template <class Scalar, int Rows, int Packs>
class DenseGradientSum {
 public:
  using Sum = DenseTile<Scalar, Rows, Packs>;

  DenseGradientSum(const Batch<Scalar>& batch, const Scalar* deltas, std::size_t outputs, std::size_t offset,
                   std::size_t width, std::size_t first_pixel)
      : batch_(batch), deltas_(deltas + offset), outputs_(outputs), width_(width), first_pixel_(first_pixel) {}

  /// Leaves the sum in `total`. Shard after shard, each added to the subtrees on its left that it completes: where the
  /// next one is computed in registers, a recursion would carry every subtree through memory twice.
  void add_up(const ShardNode& node, Sum& total) const {
    std::array<Sum, 3> waiting;
    for (int index = 0; index < node.count; ++index) {
      Sum sum{};
      add_shard(batch_.shard(node.first + index), sum);
      std::size_t level = 0;
      for (; ((index >> level) & 1) != 0; ++level) {
        sum.add(waiting[level]);
      }
      (index + 1 < node.count ? waiting[level] : total) = sum;
    }
  }

 private:
  void add_shard(const Part& shard, Sum& sum) const {
    sum.add_products(batch_.image(shard.begin) + first_pixel_, 1, static_cast<std::size_t>(batch_.data().pixels()),
                     deltas_ + shard.begin * outputs_, outputs_, shard.size(), width_);
  }

  const Batch<Scalar>& batch_;
  const Scalar* deltas_;
  std::size_t outputs_;
  std::size_t width_;
  std::size_t first_pixel_;
};

/// As first_layer_gradients().
template <class Scalar>
void dense_first_layer_gradients(const Batch<Scalar>& batch, const Scalar* deltas, std::size_t outputs,
                                 std::span<const ShardNode> nodes, std::span<Scalar* const> gradients) {
  const auto pixels = static_cast<std::size_t>(batch.data().pixels());
  for_each_block(pixels, [&]<int Rows>(std::size_t first) {
    for_each_tile<Scalar, dense_packs<Scalar>>(outputs, [&]<int Packs>(std::size_t offset, std::size_t width) {
      const DenseGradientSum<Scalar, Rows, Packs> sum(batch, deltas, outputs, offset, width, first);
      for (std::size_t n = 0; n < nodes.size(); ++n) {
        typename DenseGradientSum<Scalar, Rows, Packs>::Sum result;
        sum.add_up(nodes[n], result);
        // A sum flushed to zero may be -0 or +0, depending on the number of ranks.
        result.add({});
        for (std::size_t r = 0; r < Rows; ++r) {
          result.rows[r].write(gradients[n] + (first + r) * outputs + offset, width);
        }
      }
    });
  });
}

}  // namespace spinsweep::network
