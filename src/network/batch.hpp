#pragma once

#include <array>
#include <span>
#include <vector>

#include "network/shard_tree.hpp"
#include "network/training_set.hpp"

namespace spinsweep::network {

/// A rank's part of a batch, in the order in which it is worked on.
template <class Scalar>
class Batch {
 public:
  /// A lit pixel of one of the samples.
  struct Light {
    std::uint32_t sample = 0;  ///< counted within this part
    Scalar value = 0;
  };

  /// Takes the samples of some neighbouring shards from a batch. order: the samples of the whole batch; step: number of
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
    sort_by_pixel();
  }

  [[nodiscard]] const TrainingSet& data() const { return *data_; }
  [[nodiscard]] std::span<const int> samples() const { return samples_; }
  [[nodiscard]] std::size_t size() const { return size_; }  ///< of the whole batch
  [[nodiscard]] int step() const { return step_; }
  [[nodiscard]] std::size_t first_sample() const { return first_sample_; }  ///< its place in the whole batch

  /// The samples of a shard, counted within this part.
  [[nodiscard]] const Part& shard(int index) const { return shards_[static_cast<std::size_t>(index)]; }

  /// Where a pixel is lit, samples ascending.
  [[nodiscard]] std::span<const Light> lights(std::size_t pixel) const {
    return std::span(lights_).subspan(begins_[pixel], begins_[pixel + 1] - begins_[pixel]);
  }

 private:
  void sort_by_pixel() {
    begins_.assign(static_cast<std::size_t>(data_->pixels()) + 2, 0);
    for (const int sample : samples_) {
      for (const std::uint32_t pixel : data_->lit(sample)) {
        ++begins_[pixel + 2];
      }
    }
    for (std::size_t pixel = 2; pixel < begins_.size(); ++pixel) {
      begins_[pixel] += begins_[pixel - 1];
    }
    lights_.resize(begins_.back());
    for (std::uint32_t k = 0; k < samples_.size(); ++k) {
      const auto lit = data_->lit(samples_[k]);
      const auto brightness = data_->brightness(samples_[k]);
      for (std::size_t place = 0; place < lit.size(); ++place) {
        lights_[begins_[lit[place] + 1]++] = {k, pixel_values<Scalar>[brightness[place]]};
      }
    }
  }

  const TrainingSet* data_ = nullptr;
  int step_ = 0;
  std::size_t size_ = 0;
  std::size_t first_sample_ = 0;
  std::array<Part, shard_count> shards_{};
  std::vector<int> samples_;
  std::vector<std::uint32_t> begins_;  ///< [pixel], into lights_
  std::vector<Light> lights_;
};

}  // namespace spinsweep::network
