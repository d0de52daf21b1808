#include "network/misclassified.hpp"

#include <algorithm>

#include "network/evaluation.hpp"

namespace spinsweep::network {

std::vector<Misclassified> first_misclassified(const Mlp<float>& network, const ImageSet& data, std::size_t most) {
  constexpr int block = 500;
  std::vector<Misclassified> found;
  for (int begin = 0; begin < data.count && found.size() < most; begin += block) {
    const int samples = std::min(block, data.count - begin);
    const Mlp<float>::Matrix scores = network.scores(images_as_numbers(data, begin, samples), samples);
    for (int sample = 0; sample < samples && found.size() < most; ++sample) {
      Eigen::Index prediction = 0;
      scores.col(sample).maxCoeff(&prediction);
      const int label = data.labels[static_cast<std::size_t>(begin + sample)];
      if (prediction != label) {
        found.push_back({begin + sample, label, static_cast<std::int32_t>(prediction)});
      }
    }
  }
  return found;
}

}  // namespace spinsweep::network
