#include "network/idx.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/error.hpp"
#include "base/handle.hpp"

namespace spinsweep::network {

namespace {

constexpr std::uint32_t image_magic = 0x803;  // unsigned bytes, three axes
constexpr std::uint32_t label_magic = 0x801;  // unsigned bytes, one axis
/// Images are counted by an int.
constexpr std::uint64_t largest_payload = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t first_part = std::size_t{1} << 24U;

void close_gzip(gzFile file) noexcept {
  gzclose(file);
}

/// A plain or gzipped file, read from its beginning.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : name_(path.string()), file_(gzopen(path.c_str(), "rb")) {
    if (!file_) {
      throw EnvironmentError(name_ + ": cannot be opened");
    }
  }

  [[nodiscard]] std::uint32_t big_endian() {
    std::array<std::uint8_t, 4> bytes{};
    fill(bytes.data(), bytes.size(), bytes.size());
    return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U | bytes[3];
  }

  void expect_magic(std::uint32_t expected, const std::string& what) {
    const std::uint32_t magic = big_endian();
    if (magic != expected) {
      throw EnvironmentError(name_ + ": its magic number is " + std::to_string(magic) + ", expected " +
                             std::to_string(expected) + " for an IDX file of " + what);
    }
  }

  /// The rest of the file, which must be exactly `size` bytes.
  [[nodiscard]] std::vector<std::uint8_t> rest(std::uint64_t size) {
    if (size == 0 || size > largest_payload) {
      throw EnvironmentError(name_ + ": its header declares " + std::to_string(size) +
                             " bytes of data, expected 1 to " + std::to_string(largest_payload));
    }
    // Memory is allocated as data are read: a header may declare far more than the file holds.
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < size) {
      const std::size_t present = bytes.size();
      bytes.resize(std::min<std::size_t>(size, std::max<std::size_t>(2 * present, first_part)));
      fill(bytes.data() + present, bytes.size() - present, size - present);
    }
    if (gzgetc(file_.get()) != -1) {
      throw EnvironmentError(name_ + ": continues after the " + std::to_string(size) +
                             " bytes that its header declares");
    }
    return bytes;
  }

 private:
  /// Reads `size` of the `missing` bytes that the header declares.
  void fill(std::uint8_t* target, std::size_t size, std::size_t missing) {
    while (size > 0) {
      const auto part = static_cast<unsigned>(std::min<std::size_t>(size, 1U << 20U));
      const int got = gzread(file_.get(), target, part);
      if (got <= 0) {
        throw EnvironmentError(name_ + ": ends " + std::to_string(missing) + " bytes early or is damaged");
      }
      target += got;
      size -= static_cast<std::size_t>(got);
      missing -= static_cast<std::size_t>(got);
    }
  }

  std::string name_;
  UniqueHandle<gzFile, &close_gzip, nullptr> file_;
};

std::filesystem::path plain_or_gzipped(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) {
    return path;
  }
  std::filesystem::path gzipped = path.string() + ".gz";
  if (std::filesystem::exists(gzipped)) {
    return gzipped;
  }
  throw EnvironmentError(
      path.string() +
      ": found neither this file nor the same with .gz; data sets are folders below network.data_folder");
}

}  // namespace

ImageSet read_image_set(const std::filesystem::path& images, const std::filesystem::path& labels) {
  constexpr std::uint32_t largest_edge = 4096;
  ImageSet set;
  Reader image_file(images);
  image_file.expect_magic(image_magic, "images");
  const std::uint32_t count = image_file.big_endian();
  const std::uint32_t height = image_file.big_endian();
  const std::uint32_t width = image_file.big_endian();
  if (height == 0 || width == 0 || height > largest_edge || width > largest_edge) {
    throw EnvironmentError(images.string() + ": its images are " + std::to_string(height) + " x " +
                           std::to_string(width) + " pixels, expected 1 to 4096 each way");
  }
  set.count = static_cast<int>(count);
  set.height = static_cast<int>(height);
  set.width = static_cast<int>(width);
  set.images = image_file.rest(std::uint64_t{count} * height * width);

  Reader label_file(labels);
  label_file.expect_magic(label_magic, "labels");
  const std::uint32_t label_count = label_file.big_endian();
  if (label_count != count) {
    throw EnvironmentError(labels.string() + ": holds " + std::to_string(label_count) + " labels for the " +
                           std::to_string(count) + " images of " + images.string());
  }
  set.labels = label_file.rest(count);
  return set;
}

void require_data_set_files(const std::filesystem::path& folder) {
  for (const char* part : {"train", "t10k"}) {
    for (const char* content : {"images-idx3", "labels-idx1"}) {
      static_cast<void>(plain_or_gzipped(folder / fmt::format("{}-{}-ubyte", part, content)));
    }
  }
}

DataSet read_data_set(const std::filesystem::path& folder, const std::string& name) {
  const auto read = [&](const std::string& part) {
    const auto images = plain_or_gzipped(folder / (part + "-images-idx3-ubyte"));
    return read_image_set(images, plain_or_gzipped(folder / (part + "-labels-idx1-ubyte")));
  };
  DataSet data{.name = name, .classes = 0, .train = read("train"), .test = read("t10k")};
  data.classes = *std::max_element(data.train.labels.begin(), data.train.labels.end()) + 1;
  const auto stray = std::find_if(data.test.labels.begin(), data.test.labels.end(),
                                  [&](std::uint8_t label) { return label >= data.classes; });
  if (stray != data.test.labels.end()) {
    throw EnvironmentError(plain_or_gzipped(folder / "t10k-labels-idx1-ubyte").string() + ": image " +
                           std::to_string(stray - data.test.labels.begin()) + " has the label " +
                           std::to_string(*stray) + ", the training labels end at " + std::to_string(data.classes - 1));
  }
  if (data.train.height != data.test.height || data.train.width != data.test.width) {
    throw EnvironmentError((folder / "t10k-images-idx3-ubyte").string() +
                           ": its images have another size than the training images");
  }
  return data;
}

}  // namespace spinsweep::network
