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

  /// Of images that are dense: every pixel of a sample, and of the samples after it.
  [[nodiscard]] const Scalar* image(std::size_t sample) const {
    return images_.data() + sample * static_cast<std::size_t>(data_->pixels());
  }
  /// The same numbers: this pixel of every sample, and pixel_stride() further the next pixel.
  [[nodiscard]] const Scalar* pixel(std::size_t pixel) const { return by_pixel_.data() + pixel * pixel_stride(); }
  [[nodiscard]] std::size_t pixel_stride() const {
    // No power of two, at which neighbouring pixels would meet in the same lines of a cache.
    return samples_.size() + 16;
  }

  /// Of images that are not dense: where a pixel is lit, samples ascending.
  [[nodiscard]] std::span<const Light> lights(std::size_t pixel) const {
    return std::span(lights_).subspan(begins_[pixel], begins_[pixel + 1] - begins_[pixel]);
  }

 private:
  void fill_images() {
    const auto pixels = static_cast<std::size_t>(data_->pixels());
    images_.assign(samples_.size() * pixels, Scalar(0));
    by_pixel_.assign(pixel_stride() * pixels, Scalar(0));
    for (std::size_t k = 0; k < samples_.size(); ++k) {
      const auto lit = data_->lit(samples_[k]);
      const auto brightness = data_->brightness(samples_[k]);
      for (std::size_t place = 0; place < lit.size(); ++place) {
        const Scalar value = pixel_values<Scalar>[brightness[place]];
        images_[k * pixels + lit[place]] = value;
        by_pixel_[lit[place] * pixel_stride() + k] = value;
      }
    }
  }

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
  std::vector<Scalar> images_;    ///< [sample][pixel]
  std::vector<Scalar> by_pixel_;  ///< [pixel][sample]
};

}  // namespace spinsweep::network
