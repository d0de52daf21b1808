#include "fields/grey_image.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "fields/file_field.hpp"

#ifdef SPINSWEEP_HAS_PNG
#include <png.h>
#endif

namespace spinsweep::fields {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

#ifdef SPINSWEEP_HAS_PNG

/// The bytes of a PNG file. format: libpng's, of the pixels.
std::string png_of(int width, int height, std::uint32_t format, const void* pixels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = format;
  png_alloc_size_t size = 0;
  EXPECT_NE(png_image_write_get_memory_size(image, size, 0, pixels, 0, nullptr), 0) << image.message;
  std::string bytes(size, '\0');
  EXPECT_NE(png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels, 0, nullptr), 0) << image.message;
  return bytes;
}

void expect_refused(const std::string& bytes, const std::string& why) {
  EXPECT_THAT([&] { (void)read_png(bytes, "mask.png"); },
              ThrowsMessage<InputError>(testing::AllOf(testing::StartsWith("mask.png: "), HasSubstr(why))));
}

TEST(GreyImage, HasEveryShadeThatWasWritten) {
  std::vector<std::uint8_t> shades;
  for (int k = 0; k < 256; ++k) {
    shades.push_back(static_cast<std::uint8_t>(k));
  }
  const GreyImage image = read_png(png_of(32, 8, PNG_FORMAT_GRAY, shades.data()), "mask.png");
  EXPECT_EQ(image.width, 32);
  EXPECT_EQ(image.height, 8);
  EXPECT_EQ(image.values, shades);
}

TEST(GreyImage, MayBeSavedWithColoursThatAreGrey) {
  const std::vector<std::uint8_t> pixels = {7, 7, 7, 255, 200, 200, 200, 255};
  EXPECT_THAT(read_png(png_of(2, 1, PNG_FORMAT_RGBA, pixels.data()), "mask.png").values, ElementsAre(7, 200));
}

TEST(GreyImage, HasItsUppermostRowAtTheLargestY) {
  const std::vector<std::uint8_t> pixels = {1, 2, 3, 4, 5, 6};
  const FileField field = read_file_field(png_of(2, 3, PNG_FORMAT_GRAY, pixels.data()), "mask.png");
  EXPECT_TRUE(field.is_picture());
  EXPECT_THAT(field.values, ElementsAre(5, 6, 3, 4, 1, 2));
}

TEST(GreyImage, WithColoursOrTransparencyIsRefused) {
  const std::vector<std::uint8_t> red = {7, 7, 7, 255, 200, 0, 0, 255};
  expect_refused(png_of(2, 1, PNG_FORMAT_RGBA, red.data()), "its pixel (1, 0) has a colour, expected shades of grey");
  const std::vector<std::uint8_t> glass = {7, 7, 7, 100};
  expect_refused(png_of(1, 1, PNG_FORMAT_RGBA, glass.data()), "its pixel (0, 0) is transparent");
}

TEST(GreyImage, OfSixteenBitsIsRefused) {
  const std::vector<std::uint16_t> pixels = {1000, 60000};
  expect_refused(png_of(2, 1, PNG_FORMAT_LINEAR_Y, pixels.data()), "has 16 bits per channel, expected 8 or fewer");
}

TEST(GreyImage, CutAnywhereIsRefused) {
  const std::vector<std::uint8_t> pixels(64 * 64, 128);
  const std::string whole = png_of(64, 64, PNG_FORMAT_GRAY, pixels.data());
  for (std::size_t length = 0; length < whole.size() - 12; length += 7) {
    expect_refused(whole.substr(0, length), "is not a complete PNG picture");
  }
}

TEST(GreyImage, OfDamagedDataIsRefused) {
  const std::vector<std::uint8_t> pixels(64 * 64, 128);
  std::string bytes = png_of(64, 64, PNG_FORMAT_GRAY, pixels.data());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x40);
  expect_refused(bytes, "is not a complete PNG picture");
}

#else

TEST(GreyImage, IsRefusedWithAHintByABuildWithoutLibpng) {
  EXPECT_THAT([] { (void)read_png("", "mask.png"); },
              ThrowsMessage<EnvironmentError>(HasSubstr("CMake did not find libpng")));
}

#endif

}  // namespace
}  // namespace spinsweep::fields
