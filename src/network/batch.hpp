#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "network/shard_tree.hpp"
#include "network/training_set.hpp"

namespace spinsweep::network {

/// A rank's part of a batch, in the order in which its samples are processed.
template <class Scalar>
class Batch {
 public:
  /// A nonzero pixel of one of the samples.
  struct SparseEntry {
    std::uint32_t sample = 0;  ///< counted within this part
    Scalar value = 0;
  };

  /// Selects the samples of consecutive shards of a batch. order: the samples of the whole batch; step: number of
  /// the batch since training began.
  void prepare(const TrainingSet& data, std::span<const int> order, std::span<const ShardNode> nodes, int step) {
    data_ = &data;
    step_ = step;
    size_ = order.size();
    const int first = nodes.empty() ? 0 : nodes.front().first;
    const int last = nodes.empty() ? 0 : nodes.back().first + nodes.back().count;
    first_sample_ = part_of(order.size(), shard_count, first).begin;
    shards_.fill({});
    std::size_t count = 0;
    for (int shard = first; shard < last; ++shard) {
      const Part part = part_of(order.size(), shard_count, shard);
      shards_[static_cast<std::size_t>(shard)] = {part.begin - first_sample_, part.end - first_sample_};
      count += part.size();
    }
    const auto own = order.subspan(first_sample_, count);
    samples_.assign(own.begin(), own.end());
    if (data.is_dense()) {
      fill_images();
    } else {
      sort_by_pixel();
    }
  }

  [[nodiscard]] const TrainingSet& data() const { return *data_; }
  [[nodiscard]] std::span<const int> samples() const { return samples_; }
  [[nodiscard]] std::size_t size() const { return size_; }  ///< of the whole batch
  [[nodiscard]] int step() const { return step_; }
  [[nodiscard]] std::size_t first_sample() const { return first_sample_; }  ///< its place in the whole batch

  /// The samples of a shard, counted within this part.
  [[nodiscard]] const Part& shard(int index) const { return shards_[static_cast<std::size_t>(index)]; }

  /// Of dense images: every pixel of a sample, and of the samples after it.
  [[nodiscard]] const Scalar* image(std::size_t sample) const {
    return images_.data() + sample * static_cast<std::size_t>(data_->pixels());
  }

  /// Of sparse images: the samples in which a pixel is not zero, ascending.
  [[nodiscard]] std::span<const SparseEntry> entries(std::size_t pixel) const {
    return std::span(entries_).subspan(pixel * room(), counts_[pixel]);
  }

 private:
  void fill_images() {
    const auto pixels = static_cast<std::size_t>(data_->pixels());
    images_.resize(samples_.size() * pixels);
    for (std::size_t k = 0; k < samples_.size(); ++k) {
      const auto bytes = data_->image(samples_[k]);
      const auto to = images_.begin() + static_cast<std::ptrdiff_t>(k * pixels);
      if (data_->scale().is_usual()) {
        std::transform(bytes.begin(), bytes.end(), to,
                       [](std::uint8_t byte) { return static_cast<Scalar>(pixel_value(byte)); });
      } else {
        std::transform(bytes.begin(), bytes.end(), to,
                       [scale = data_->scale()](std::uint8_t byte) { return static_cast<Scalar>(scale(byte)); });
      }
    }
  }

  /// Entries reserved for each pixel: it may be nonzero in every sample. Not a power of two, for which neighbouring
  /// pixels would compete for the same cache lines.
  [[nodiscard]] std::size_t room() const { return samples_.size() + 1; }

  /// Images follow each other in a random order, which no hardware prefetcher predicts.
  template <class Number>
  static void prefetch(std::span<const Number> numbers) {
    constexpr std::size_t line = 64 / sizeof(Number);
    for (std::size_t k = 0; k < numbers.size(); k += line) {
      __builtin_prefetch(&numbers[k]);
    }
  }

  /// In one pass: counting first how often each pixel is nonzero would take as long again.
  void sort_by_pixel() {
    const auto pixels = static_cast<std::size_t>(data_->pixels());
    counts_.assign(pixels, 0);
    entries_.resize(std::max(entries_.size(), pixels * room()));
    // Local pointers: the compiler would otherwise reload the members after every store, which might alias them.
    std::uint32_t* const counts = counts_.data();
    SparseEntry* const entries = entries_.data();
    const std::size_t stride = room();
    for (std::uint32_t k = 0; k < samples_.size(); ++k) {
      const auto nonzero = data_->nonzero(samples_[k]);
      const auto intensities = data_->intensities(samples_[k]);
      if (k + 1 < samples_.size()) {
        prefetch(data_->nonzero(samples_[k + 1]));
        prefetch(data_->intensities(samples_[k + 1]));
      }
      for (std::size_t place = 0; place < nonzero.size(); ++place) {
        const std::size_t pixel = nonzero[place];
        entries[pixel * stride + counts[pixel]++] = {k, pixel_values<Scalar>[intensities[place]]};
      }
    }
  }

  const TrainingSet* data_ = nullptr;
  int step_ = 0;
  std::size_t size_ = 0;
  std::size_t first_sample_ = 0;
  std::array<Part, shard_count> shards_{};
  std::vector<int> samples_;
  std::vector<std::uint32_t> counts_;  ///< [pixel], of its entries
  std::vector<SparseEntry> entries_;   ///< [pixel][entry], with room for more
  std::vector<Scalar> images_;         ///< [sample][pixel]
};

}  // namespace spinsweep::network
