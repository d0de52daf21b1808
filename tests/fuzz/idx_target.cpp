#include <zlib.h>

#include <array>

#include "base/error.hpp"
#include "fuzz/files.hpp"
#include "fuzz/mutate_bytes.hpp"
#include "fuzz/target.hpp"
#include "network/idx.hpp"

namespace spinsweep::fuzz {

namespace {

constexpr std::uint64_t seed = 2;
constexpr std::array<const char*, 4> parts = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                              "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};

void write_gzipped(const std::filesystem::path& path, const std::string& bytes) {
  gzFile file = gzopen(path.c_str(), "wb");
  const bool written =
      file != nullptr && (bytes.empty() || gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size())) > 0);
  if (gzclose(file) != Z_OK || !written) {
    throw EnvironmentError(path.string() + ": cannot be written");
  }
}

/// Data sets of which one file is damaged: as a plain file, inside a sound gzip file, or as a damaged gzip file.
class IdxTarget : public Target {
 public:
  explicit IdxTarget(const std::filesystem::path& folder) : originals_(folder / "bright") { write_data_sets(folder); }

  void write_input(std::uint64_t number, const std::filesystem::path& folder) const override {
    Random random(seed, number);
    const std::size_t damaged = random.below(parts.size());
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const std::string bytes = read_bytes(originals_ / parts[k]);
      if (k == damaged) {
        write_damaged(folder / parts[k], bytes, random);
      } else {
        write_bytes(folder / parts[k], bytes);
      }
    }
  }

  void read(const std::filesystem::path& folder) const override { (void)network::read_data_set(folder, "damaged"); }

 private:
  static void write_damaged(const std::filesystem::path& path, const std::string& bytes, Random& random) {
    constexpr std::size_t header = 16;
    const std::string gzipped = path.string() + ".gz";
    switch (random.below(3)) {
      case 0:
        write_bytes(path, mutate_bytes(bytes, random, {{0, header}}));
        break;
      case 1:
        write_gzipped(gzipped, mutate_bytes(bytes, random, {{0, header}}));
        break;
      default:
        write_gzipped(gzipped, bytes);
        write_bytes(gzipped, mutate_bytes(read_bytes(gzipped), random));
    }
  }

  std::filesystem::path originals_;
};

}  // namespace

std::unique_ptr<Target> make_idx_target(const std::filesystem::path& folder) {
  return std::make_unique<IdxTarget>(folder);
}

}  // namespace spinsweep::fuzz
