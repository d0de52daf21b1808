#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "network/idx.hpp"

namespace spinsweep::network {

/// Labelled images as training reads them. Four of five pixels of MNIST are zero and contribute to no product, so such
/// images are stored sparsely, as their nonzero pixels; images with many nonzero pixels are stored densely.
class TrainingSet {
 public:
  explicit TrainingSet(const ImageSet& images)
      : TrainingSet(images, !images.scale.is_usual() || has_many_nonzero_pixels(images)) {}

  /// dense: whether all pixels are stored, as they must be if their scale is not the usual one.
  TrainingSet(const ImageSet& images, bool dense);

  [[nodiscard]] int count() const { return static_cast<int>(labels_.size()); }
  [[nodiscard]] int pixels() const { return pixels_; }
  [[nodiscard]] std::uint8_t label(int image) const { return labels_[static_cast<std::size_t>(image)]; }

  [[nodiscard]] bool is_dense() const { return is_dense_; }
  [[nodiscard]] const PixelScale& scale() const { return scale_; }

  /// Of dense images: every pixel of one.
  [[nodiscard]] std::span<const std::uint8_t> image(int image) const {
    const auto pixels = static_cast<std::size_t>(pixels_);
    return std::span(images_).subspan(static_cast<std::size_t>(image) * pixels, pixels);
  }

  /// Of sparse images: the indices of the nonzero pixels of one, ascending, and their intensities.
  [[nodiscard]] std::span<const std::uint32_t> nonzero(int image) const {
    return std::span(nonzero_).subspan(begin(image), begin(image + 1) - begin(image));
  }
  [[nodiscard]] std::span<const std::uint8_t> intensities(int image) const {
    return std::span(intensities_).subspan(begin(image), begin(image + 1) - begin(image));
  }

 private:
  /// Whether products with all pixels are faster than with the nonzero ones alone (docs/decisions/0033).
  [[nodiscard]] static bool has_many_nonzero_pixels(const ImageSet& images);

  [[nodiscard]] std::size_t begin(int image) const { return begins_[static_cast<std::size_t>(image)]; }

  int pixels_ = 0;
  bool is_dense_ = false;
  PixelScale scale_;
  std::vector<std::uint8_t> images_;  ///< [image][pixel]
  std::vector<std::size_t> begins_;   ///< [image], and the end
  std::vector<std::uint32_t> nonzero_;
  std::vector<std::uint8_t> intensities_;
  std::vector<std::uint8_t> labels_;
};

/// pixel_value() of every byte.
template <class Scalar>
inline const std::array<Scalar, 256> pixel_values = [] {
  std::array<Scalar, 256> values{};
  for (std::size_t byte = 0; byte < values.size(); ++byte) {
    values[byte] = static_cast<Scalar>(pixel_value(static_cast<std::uint8_t>(byte)));
  }
  return values;
}();

}  // namespace spinsweep::network
