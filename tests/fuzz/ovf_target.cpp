#include <array>

#include "device/parameters.hpp"
#include "device/state_file.hpp"
#include "device/track_geometry.hpp"
#include "fuzz/files.hpp"
#include "fuzz/mutate_bytes.hpp"
#include "fuzz/mutate_text.hpp"
#include "fuzz/target.hpp"
#include "micromagnetics/ovf.hpp"

namespace spinsweep::fuzz {

namespace {

using micromagnetics::OvfData;

constexpr std::uint64_t seed = 4;
constexpr std::array<OvfData, 3> kinds = {OvfData::text, OvfData::binary4, OvfData::binary8};

device::DeviceParameters small_synapse() {
  auto parameters = device::kind_of<device::Synapse>.defaults();
  parameters.track.cell = 30e-9;
  parameters.notches.count = 0;
  return parameters;
}

/// Magnetisation maps of every kind of data, as initial_wall.file reads them.
class OvfTarget : public Target {
 public:
  explicit OvfTarget(const std::filesystem::path& folder) : parameters_(small_synapse()) {
    micromagnetics::OvfField field{.mesh = device::make_mesh(parameters_), .values = {}};
    for (std::size_t cell = 0; cell < field.mesh.cells(); ++cell) {
      field.values.insert(field.values.end(), {0.0, 0.0, 1.0});
    }
    for (const OvfData kind : kinds) {
      const auto file = folder / "original.ovf";
      micromagnetics::write_ovf(file, field, kind);
      originals_.push_back(read_bytes(file));
    }
  }

  void write_input(std::uint64_t number, const std::filesystem::path& folder) const override {
    Random random(seed, number);
    const std::string& original = originals_[number % originals_.size()];
    const std::size_t data = original.find("# Begin: Data");
    if (random.one_in(2)) {
      write_bytes(folder / "map.ovf", mutate_text(original.substr(0, data), random) + original.substr(data));
    } else {
      write_bytes(folder / "map.ovf", mutate_bytes(original, random, {{0, data}}));
    }
  }

  void read(const std::filesystem::path& folder) const override {
    auto parameters = parameters_;
    parameters.initial_wall.file = folder / "map.ovf";
    (void)device::state_from_file(parameters);
  }

 private:
  device::DeviceParameters parameters_;
  std::vector<std::string> originals_;
};

}  // namespace

std::unique_ptr<Target> make_ovf_target(const std::filesystem::path& folder) {
  return std::make_unique<OvfTarget>(folder);
}

}  // namespace spinsweep::fuzz
