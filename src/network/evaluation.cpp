#include "network/evaluation.hpp"

#include <algorithm>
#include <cmath>

namespace spinsweep::network {

Evaluation evaluate(const ScoreFunction& scores, const ImageSet& data, int classes,
                    const parallel::Communicator& communicator) {
  constexpr int block = 500;
  Evaluation result;
  result.confusion.assign(static_cast<std::size_t>(classes) * static_cast<std::size_t>(classes), 0);
  const int blocks = (data.count + block - 1) / block;
  for (int index = communicator.rank(); index < blocks; index += communicator.size()) {
    const int begin = index * block;
    const int samples = std::min(block, data.count - begin);
    const Mlp<float>::Matrix found =
        scores(images_as_numbers(data, begin, samples), samples, static_cast<std::size_t>(begin));
    for (int sample = 0; sample < samples; ++sample) {
      Eigen::Index prediction = 0;
      found.col(sample).maxCoeff(&prediction);
      const std::size_t label = data.labels[static_cast<std::size_t>(begin + sample)];
      ++result.confusion[label * static_cast<std::size_t>(classes) + static_cast<std::size_t>(prediction)];
    }
  }
  MPI_Allreduce(MPI_IN_PLACE, result.confusion.data(), static_cast<int>(result.confusion.size()), MPI_INT64_T, MPI_SUM,
                communicator.get());
  std::int64_t correct = 0;
  for (int label = 0; label < classes; ++label) {
    correct += result.confusion[static_cast<std::size_t>(label) * static_cast<std::size_t>(classes + 1)];
  }
  result.accuracy = static_cast<double>(correct) / data.count;
  return result;
}

Evaluation evaluate(const Mlp<float>& network, const ImageSet& data, int classes,
                    const parallel::Communicator& communicator) {
  return evaluate(
      [&](std::span<const float> images, int samples, std::size_t) { return network.scores(images, samples); }, data,
      classes, communicator);
}

AlignedVector<float> images_as_numbers(const ImageSet& data, int first, int count) {
  const auto pixels = static_cast<std::size_t>(data.pixels());
  const auto bytes = std::span(data.images)
                         .subspan(static_cast<std::size_t>(first) * pixels, static_cast<std::size_t>(count) * pixels);
  AlignedVector<float> numbers(bytes.size());
  if (data.scale.is_usual()) {
    std::transform(bytes.begin(), bytes.end(), numbers.begin(), pixel_value);
  } else {
    std::transform(bytes.begin(), bytes.end(), numbers.begin(), data.scale);
  }
  return numbers;
}

bool is_chance_level(double accuracy, int classes, int images) {
  const double chance = 1.0 / classes;
  return accuracy < chance + 3.0 * std::sqrt(chance * (1.0 - chance) / images);
}

std::vector<std::int64_t> histogram(std::span<const float> values, double from, double to, int bins) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(bins), 0);
  const double bins_per_unit = to > from ? bins / (to - from) : 0.0;
  for (const float value : values) {
    if (!std::isnan(value)) {
      const double place = (static_cast<double>(value) - from) * bins_per_unit;
      ++counts[static_cast<std::size_t>(std::clamp(place, 0.0, bins - 1.0))];
    }
  }
  return counts;
}

}  // namespace spinsweep::network
