#include "fields/grey_image.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/printable.hpp"

#ifdef SPINSWEEP_HAS_PNG
#include <png.h>
#endif

namespace spinsweep::fields {

bool is_png(const std::string& bytes) {
  return bytes.starts_with("\x89PNG\r\n\x1a\n");
}

#ifdef SPINSWEEP_HAS_PNG

namespace {

/// A picture that libpng is reading, by its simplified interface, which returns its errors.
class PngReader {
 public:
  PngReader() { image_.version = PNG_IMAGE_VERSION; }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_image_free(&image_); }

  GreyImage read(const std::string& bytes, const std::string& name) {
    const auto refuse = [&](const std::string& problem) { throw InputError(name + ": " + printable(problem)); };
    const auto refuse_damaged = [&] { refuse(fmt::format("is not a complete PNG picture: {}", image_.message)); };
    if (png_image_begin_read_from_memory(&image_, bytes.data(), bytes.size()) == 0) {
      refuse_damaged();
    }
    constexpr std::uint64_t most_pixels = std::uint64_t{1} << 26U;
    if (std::uint64_t{image_.width} * image_.height > most_pixels) {
      refuse(fmt::format("has {} x {} pixels, expected at most {}", image_.width, image_.height, most_pixels));
    }
    if ((image_.format & PNG_FORMAT_FLAG_LINEAR) != 0) {
      refuse("has 16 bits per channel, expected 8 or fewer");
    }
    image_.format = PNG_FORMAT_RGBA;
    std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(image_));
    if (png_image_finish_read(&image_, nullptr, pixels.data(), 0, nullptr) == 0) {
      refuse_damaged();
    }
    GreyImage grey{static_cast<int>(image_.width), static_cast<int>(image_.height), {}};
    constexpr std::size_t channels = 4;
    for (std::size_t k = 0; k < pixels.size(); k += channels) {
      const std::uint8_t red = pixels[k];
      const std::size_t pixel = k / channels;
      const auto place = [&] { return fmt::format("({}, {})", pixel % image_.width, pixel / image_.width); };
      if (pixels[k + 3] != 255) {
        refuse(fmt::format("its pixel {} is transparent, expected opaque greys", place()));
      }
      if (pixels[k + 1] != red || pixels[k + 2] != red) {
        refuse(fmt::format("its pixel {} has a colour, expected shades of grey", place()));
      }
      grey.values.push_back(red);
    }
    return grey;
  }

 private:
  png_image image_{};
};

}  // namespace

GreyImage read_png(const std::string& bytes, const std::string& name) {
  return PngReader().read(bytes, name);
}

#else

GreyImage read_png(const std::string& /*bytes*/, const std::string& name) {
  throw EnvironmentError(name +
                         ": is a PNG picture, which this build of spinsweep cannot read: CMake did not find libpng. "
                         "Build it with libpng, or give an OVF field");
}

#endif

}  // namespace spinsweep::fields
