#include "fields/vtk_data.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "fields/cell_grid.hpp"
#include "fields/number_format.hpp"

namespace spinsweep::fields {

namespace {

/// zlib makes a byte of at most 1032.
constexpr double largest_compression = 1032.0;

int digit_of(char character) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto digit = digits.find(character);
  return digit == std::string_view::npos ? -1 : static_cast<int>(digit);
}

class Data {
 public:
  Data(std::string_view text, const VtkEncoding& encoding, const std::string& name)
      : text_(text), encoding_(encoding), name_(name) {}

  std::string read(double most) { return encoding_.is_compressed ? compressed(most) : plain(most); }

 private:
  [[noreturn]] void fail(const std::string& problem) const { refuse_file(name_, problem); }

  std::string plain(double most) {
    const double size = sizes(1).front();
    expect_at_most(size, most);
    // `most` follows from the file as well, and the sum below must not overflow.
    expect_at_most(size, static_cast<double>(text_.size()));
    return take(encoding_.header_bytes + static_cast<std::size_t>(size)).substr(encoding_.header_bytes);
  }

  /// The number of blocks, the size of each before it was compressed, that of the last one if it is smaller or else 0,
  /// and the sizes of all after it.
  std::string compressed(double most) {
    const double blocks = sizes(1).front();
    expect_at_most(blocks, static_cast<double>(text_.size()));
    const std::vector<double> header = sizes(3 + static_cast<std::size_t>(blocks));
    (void)take(header.size() * encoding_.header_bytes);
    const double last = header[2] > 0.0 ? header[2] : header[1];
    const double size = blocks > 0.0 ? (blocks - 1.0) * header[1] + last : 0.0;
    const double stored = std::accumulate(header.begin() + 3, header.end(), 0.0);
    expect_at_most(size, most);
    expect_at_most(size, largest_compression * stored);
    expect_at_most(stored, static_cast<double>(text_.size()));
    const std::string data = take(static_cast<std::size_t>(stored));
    std::string found;
    std::size_t place = 0;
    for (std::size_t k = 3; k < header.size(); ++k) {
      const double block = k + 1 < header.size() ? header[1] : last;
      const auto length = static_cast<std::size_t>(header[k]);
      found += uncompressed(std::string_view(data).substr(place, length), static_cast<std::size_t>(block));
      place += length;
    }
    return found;
  }

  [[nodiscard]] std::string uncompressed(std::string_view block, std::size_t size) const {
    std::string bytes(size, '\0');
    uLongf present = size;
    const int status = uncompress(reinterpret_cast<Bytef*>(bytes.data()), &present,
                                  reinterpret_cast<const Bytef*>(block.data()), block.size());
    if (status != Z_OK || present != size) {
      fail("has compressed data that are damaged");
    }
    return bytes;
  }

  void expect_at_most(double size, double most) const {
    if (!(size <= most)) {
      fail(fmt::format("has {:.0f} bytes of data where {:.0f} were expected, or is truncated", size, most));
    }
  }

  /// The sizes that come next; they are left there.
  [[nodiscard]] std::vector<double> sizes(std::size_t count) const {
    const NumberFormat format{NumberFormat::Kind::unsigned_integer, encoding_.header_bytes};
    return decode_numbers(decoded(count * encoding_.header_bytes), format, encoding_.order);
  }

  /// The next `count` bytes, which were encoded together; they are passed.
  std::string take(std::size_t count) {
    std::string bytes = decoded(count);
    text_.remove_prefix(encoding_.is_base64 ? (count + 2) / 3 * 4 : count);
    return bytes;
  }

  [[nodiscard]] std::string decoded(std::size_t count) const {
    const std::size_t length = encoding_.is_base64 ? (count + 2) / 3 * 4 : count;
    if (text_.size() < length) {
      fail(fmt::format("is truncated: {} bytes of encoded data where {} were expected", text_.size(), length));
    }
    if (!encoding_.is_base64) {
      return std::string(text_.substr(0, count));
    }
    std::string bytes;
    bytes.reserve(length / 4 * 3);
    for (std::size_t k = 0; k < length; k += 4) {
      std::uint32_t group = 0;
      for (const char character : text_.substr(k, 4)) {
        const int digit = character == '=' ? 0 : digit_of(character);
        if (digit < 0) {
          fail(fmt::format("has \"{}\" among its data in base64", character));
        }
        group = group << 6U | static_cast<std::uint32_t>(digit);
      }
      for (const unsigned shift : {16U, 8U, 0U}) {
        bytes += static_cast<char>(group >> shift & 255U);
      }
    }
    bytes.resize(count);
    return bytes;
  }

  std::string_view text_;
  const VtkEncoding& encoding_;
  const std::string& name_;
};

}  // namespace

std::string vtk_data(std::string_view text, const VtkEncoding& encoding, double most, const std::string& name) {
  return Data(text, encoding, name).read(most);
}

}  // namespace spinsweep::fields
