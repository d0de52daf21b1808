#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace spinsweep::network {

/// Input of a network for a pixel: 0 to 1.
[[nodiscard]] constexpr float pixel_value(std::uint8_t byte) {
  return static_cast<float>(byte) / 255.0F;
}

/// The same on another scale, for comparison with networks of others: offset + gain * byte.
struct PixelScale {
  float gain = 1.0F / 255.0F;
  float offset = 0.0F;

  [[nodiscard]] bool is_usual() const { return gain == PixelScale().gain && offset == 0.0F; }
  [[nodiscard]] constexpr float operator()(std::uint8_t byte) const { return offset + gain * static_cast<float>(byte); }
};

/// Images and their labels.
struct ImageSet {
  int count = 0;
  int height = 0;                    ///< pixels
  int width = 0;                     ///< pixels
  std::vector<std::uint8_t> images;  ///< [image][row][column], see pixel_value() and scale
  std::vector<std::uint8_t> labels;  ///< [image]
  PixelScale scale = {};

  [[nodiscard]] int pixels() const { return height * width; }
};

/// The properties of a data set that determine the size of a network and of its results.
struct DataSetShape {
  int pixels = 0;
  int classes = 0;
  int width = 0;   ///< pixels in a row of an image
  int height = 0;  ///< rows of an image
  int test_images = 0;

  bool operator==(const DataSetShape&) const = default;
};

/// That of MNIST, and of the data sets made in its place.
inline constexpr DataSetShape mnist_shape = {
    .pixels = 784, .classes = 10, .width = 28, .height = 28, .test_images = 10000};

/// A data set: training and test images.
struct DataSet {
  std::string name;
  int classes = 0;  ///< labels are 0 to classes - 1
  ImageSet train;
  ImageSet test;

  [[nodiscard]] DataSetShape shape() const { return {train.pixels(), classes, train.width, train.height, test.count}; }
};

/// Reads DIR/{train,t10k}-{images-idx3,labels-idx1}-ubyte, plain or with .gz. The number of classes is one more than
/// the largest training label. Source of the format: Y. LeCun, C. Cortes, C. Burges, "The MNIST database".
/// Errors: EnvironmentError naming the file that is missing, has a wrong magic number or size, or has a label that no
/// training image has.
[[nodiscard]] DataSet read_data_set(const std::filesystem::path& folder, const std::string& name);

/// Looks only whether the four files are there. Errors: as above where one is missing.
void require_data_set_files(const std::filesystem::path& folder);

/// Reads one pair of files. Errors: as above.
[[nodiscard]] ImageSet read_image_set(const std::filesystem::path& images, const std::filesystem::path& labels);

}  // namespace spinsweep::network
