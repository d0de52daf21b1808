#include "network/training_set.hpp"

#include <algorithm>

namespace spinsweep::network {

namespace {

std::size_t lit_pixels(const ImageSet& images) {
  const auto black = std::count(images.images.begin(), images.images.end(), std::uint8_t{0});
  return images.images.size() - static_cast<std::size_t>(black);
}

}  // namespace

bool TrainingSet::is_mostly_lit(const ImageSet& images) {
  constexpr double enough = 0.28;
  return static_cast<double>(lit_pixels(images)) > enough * static_cast<double>(images.images.size());
}

TrainingSet::TrainingSet(const ImageSet& images, bool dense)
    : pixels_(images.pixels()), is_dense_(dense), labels_(images.labels) {
  if (dense) {
    images_ = images.images;
    return;
  }
  const std::size_t lit = lit_pixels(images);
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

}  // namespace spinsweep::network
