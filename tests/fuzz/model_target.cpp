#include <zlib.h>

#include <cstring>

#include "fuzz/files.hpp"
#include "fuzz/mutate_bytes.hpp"
#include "fuzz/target.hpp"
#include "network/model_file.hpp"

namespace spinsweep::fuzz {

namespace {

constexpr std::uint64_t seed = 3;
constexpr std::size_t magic_size = 18;
constexpr std::size_t header_size = magic_size + sizeof(std::uint32_t);

std::string sample_model() {
  network::Mlp<float> model({20, 10, 4}, network::Activation({0.7, 0.2, 0.1}));
  float value = 0.0F;
  for (float& parameter : model.parameters()) {
    parameter = value += 0.01F;
  }
  return network::save_model(model);
}

/// Stored networks: damaged anywhere, or behind a checksum that was made to fit the damage.
class ModelTarget : public Target {
 public:
  void write_input(std::uint64_t number, const std::filesystem::path& folder) const override {
    Random random(seed, number);
    if (random.one_in(4)) {
      write_bytes(folder / "model", mutate_bytes(model_, random));
      return;
    }
    // The sizes of what follows stand near the beginning.
    constexpr std::size_t sizes_end = 100;
    const std::string body = mutate_bytes(model_.substr(header_size), random, {{0, sizes_end}});
    const auto sum = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())));
    std::string bytes = model_.substr(0, header_size);
    std::memcpy(bytes.data() + magic_size, &sum, sizeof sum);
    write_bytes(folder / "model", bytes + body);
  }

  void read(const std::filesystem::path& folder) const override {
    (void)network::load_model(read_bytes(folder / "model"));
  }

 private:
  std::string model_ = sample_model();
};

}  // namespace

std::unique_ptr<Target> make_model_target(const std::filesystem::path& /*folder*/) {
  return std::make_unique<ModelTarget>();
}

}  // namespace spinsweep::fuzz
