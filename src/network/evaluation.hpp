#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "network/idx.hpp"
#include "network/mlp.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::network {

/// Performance of a network on a test set.
struct Evaluation {
  double accuracy = 0.0;                ///< fraction of correct predictions, 0 to 1
  std::vector<std::int64_t> confusion;  ///< samples, [label][prediction]
};

/// Class scores, [image][class], of images as numbers, [image][pixel], the first of which is image `first` of its set.
using ScoreFunction = std::function<Mlp<float>::Matrix(std::span<const float> images, int samples, std::size_t first)>;

/// Each rank counts the predictions of its part of the images; counts are integers, so the result is the same on any
/// number of ranks. A tie goes to the lowest class. Collective.
[[nodiscard]] Evaluation evaluate(const ScoreFunction& scores, const ImageSet& data, int classes,
                                  const parallel::Communicator& communicator);
[[nodiscard]] Evaluation evaluate(const Mlp<float>& network, const ImageSet& data, int classes,
                                  const parallel::Communicator& communicator);

/// The pixels of `count` images from `first` on as numbers, [image][pixel].
[[nodiscard]] AlignedVector<float> images_as_numbers(const ImageSet& data, int first, int count);

/// Whether an accuracy on `images` images is consistent with guessing: at most three standard deviations above
/// 1/classes.
[[nodiscard]] bool is_chance_level(double accuracy, int classes, int images);

/// Counts of `values` in `bins` equal bins from `from` to `to`; values outside are counted in the first or last bin.
[[nodiscard]] std::vector<std::int64_t> histogram(std::span<const float> values, double from, double to, int bins);

}  // namespace spinsweep::network
