#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace spinsweep::fields {

/// A greyscale picture.
struct GreyImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> values;  ///< row by row from the top; 0 is black, 255 white
};

/// Whether the bytes begin as a PNG file does.
[[nodiscard]] bool is_png(const std::string& bytes);

/// The picture in the bytes of a PNG file; `name` stands for the file in messages. Errors: InputError if it is no
/// complete PNG picture, is larger than 2^26 pixels, or has colours, transparent pixels or 16 bits per channel;
/// EnvironmentError if this build cannot read PNG.
[[nodiscard]] GreyImage read_png(const std::string& bytes, const std::string& name);

}  // namespace spinsweep::fields
