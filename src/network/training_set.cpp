#include "network/training_set.hpp"

#include <algorithm>

namespace spinsweep::network {

TrainingSet::TrainingSet(const ImageSet& images) : pixels_(images.pixels()), labels_(images.labels) {
  const auto lit = images.images.size() -
                   static_cast<std::size_t>(std::count(images.images.begin(), images.images.end(), std::uint8_t{0}));
  lit_.reserve(lit);
  brightness_.reserve(lit);
  begins_.push_back(0);
  const auto pixels = static_cast<std::size_t>(pixels_);
  for (std::size_t image = 0; image < labels_.size(); ++image) {
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      const std::uint8_t byte = images.images[image * pixels + pixel];
      if (byte != 0) {
        lit_.push_back(static_cast<std::uint32_t>(pixel));
        brightness_.push_back(byte);
      }
    }
    begins_.push_back(lit_.size());
  }
}

bool TrainingSet::is_dense() const {
  constexpr double enough = 0.45;
  return static_cast<double>(lit_.size()) > enough * count() * pixels_;
}

}  // namespace spinsweep::network
