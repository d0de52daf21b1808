#include "network/training_set.hpp"

#include <algorithm>

namespace spinsweep::network {

namespace {

std::size_t nonzero_pixels(const ImageSet& images) {
  const auto zeros = std::count(images.images.begin(), images.images.end(), std::uint8_t{0});
  return images.images.size() - static_cast<std::size_t>(zeros);
}

}  // namespace

bool TrainingSet::has_many_nonzero_pixels(const ImageSet& images) {
  constexpr double enough = 0.28;
  return static_cast<double>(nonzero_pixels(images)) > enough * static_cast<double>(images.images.size());
}

TrainingSet::TrainingSet(const ImageSet& images, bool dense)
    : pixels_(images.pixels()), is_dense_(dense), scale_(images.scale), labels_(images.labels) {
  if (dense) {
    images_ = images.images;
    return;
  }
  const std::size_t nonzero = nonzero_pixels(images);
  nonzero_.reserve(nonzero);
  intensities_.reserve(nonzero);
  begins_.push_back(0);
  const auto pixels = static_cast<std::size_t>(pixels_);
  for (std::size_t image = 0; image < labels_.size(); ++image) {
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      const std::uint8_t byte = images.images[image * pixels + pixel];
      if (byte != 0) {
        nonzero_.push_back(static_cast<std::uint32_t>(pixel));
        intensities_.push_back(byte);
      }
    }
    begins_.push_back(nonzero_.size());
  }
}

}  // namespace spinsweep::network
