#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "network/idx.hpp"

namespace spinsweep::network {

/// Labelled images as training reads them. Four of five pixels of MNIST are black, and nothing has to be multiplied by
/// them: of such images the pixels that are not black are kept, of images that are mostly lit all pixels.
class TrainingSet {
 public:
  explicit TrainingSet(const ImageSet& images) : TrainingSet(images, is_mostly_lit(images)) {}

  /// dense: whether all pixels are kept.
  TrainingSet(const ImageSet& images, bool dense);

  [[nodiscard]] int count() const { return static_cast<int>(labels_.size()); }
  [[nodiscard]] int pixels() const { return pixels_; }
  [[nodiscard]] std::uint8_t label(int image) const { return labels_[static_cast<std::size_t>(image)]; }

  [[nodiscard]] bool is_dense() const { return is_dense_; }

  /// Of images that are dense: every pixel of one.
  [[nodiscard]] std::span<const std::uint8_t> image(int image) const {
    const auto pixels = static_cast<std::size_t>(pixels_);
    return std::span(images_).subspan(static_cast<std::size_t>(image) * pixels, pixels);
  }

  /// Of images that are not: the lit pixels of one, ascending, and how bright each is.
  [[nodiscard]] std::span<const std::uint32_t> lit(int image) const {
    return std::span(lit_).subspan(begin(image), begin(image + 1) - begin(image));
  }
  [[nodiscard]] std::span<const std::uint8_t> brightness(int image) const {
    return std::span(brightness_).subspan(begin(image), begin(image + 1) - begin(image));
  }

 private:
  /// Whether so many pixels are lit that going through all of them is faster than looking the lit ones up
  /// (docs/decisions/0033).
  [[nodiscard]] static bool is_mostly_lit(const ImageSet& images);

  [[nodiscard]] std::size_t begin(int image) const { return begins_[static_cast<std::size_t>(image)]; }

  int pixels_ = 0;
  bool is_dense_ = false;
  std::vector<std::uint8_t> images_;  ///< [image][pixel]
  std::vector<std::size_t> begins_;   ///< [image], and the end
  std::vector<std::uint32_t> lit_;
  std::vector<std::uint8_t> brightness_;
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
