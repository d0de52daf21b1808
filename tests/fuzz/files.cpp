#include "fuzz/files.hpp"

#include <cstdint>
#include <fstream>
#include <random>
#include <sstream>

#include "base/error.hpp"

namespace spinsweep::fuzz {

namespace {

std::string big_endian(std::uint32_t number) {
  return {static_cast<char>(number >> 24U), static_cast<char>(number >> 16U), static_cast<char>(number >> 8U),
          static_cast<char>(number)};
}

/// Images whose class lights a row.
void write_data_set(const std::filesystem::path& folder, unsigned classes) {
  std::filesystem::create_directories(folder);
  std::mt19937 generator(classes);
  for (const auto& [part, count] : {std::pair<std::string, unsigned>{"train", 64}, {"t10k", 32}}) {
    std::string images = big_endian(0x803) + big_endian(count) + big_endian(4) + big_endian(5);
    std::string labels = big_endian(0x801) + big_endian(count);
    for (unsigned k = 0; k < count; ++k) {
      labels += static_cast<char>(k % classes);
      for (unsigned pixel = 0; pixel < 20; ++pixel) {
        images += static_cast<char>(generator() % 60 + (pixel / 5 == k % classes ? 180 : 0));
      }
    }
    write_bytes(folder / (part + "-images-idx3-ubyte"), images);
    write_bytes(folder / (part + "-labels-idx1-ubyte"), labels);
  }
}

}  // namespace

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) {
    throw EnvironmentError(path.string() + ": cannot be read");
  }
  return bytes.str();
}

void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  if (!file.flush()) {
    throw EnvironmentError(path.string() + ": cannot be written");
  }
}

void write_data_sets(const std::filesystem::path& folder) {
  write_data_set(folder / "bright", 4);
  write_data_set(folder / "dark", 3);
}

}  // namespace spinsweep::fuzz
