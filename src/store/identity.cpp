#include "store/identity.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace spinsweep::store {

bool has_hdf5_signature(const std::filesystem::path& file) {
  // HDF5 File Format Specification 3.0, II.A. "Disk Format: Level 0A - Format Signature and Superblock".
  constexpr std::array<char, 8> signature = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::array<char, 8> begin{};
  std::ifstream stream(file, std::ios::binary);
  return stream.read(begin.data(), begin.size()) && begin == signature;
}

void require_spinsweep_file(const ResultsFile& file, std::int64_t revision) {
  for (const char* name : {"spinsweep_version", "spinsweep_schema"}) {
    if (!file.has_attribute("/", name)) {
      throw EnvironmentError(file.path().string() + ": not a spinsweep results file (attribute " + name +
                             " is missing)");
    }
  }
  const std::vector<double> found = file.number_attribute("/", "spinsweep_schema");
  if (found != std::vector<double>{static_cast<double>(revision)}) {
    throw EnvironmentError(file.path().string() + ": its layout is number " +
                           (found.size() == 1 ? fmt::format("{}", found.front()) : "unknown") +
                           ", this program knows number " + std::to_string(revision) +
                           " (the file was made by spinsweep " + file.text_attribute("/", "spinsweep_version") + ")");
  }
}

}  // namespace spinsweep::store
