#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/error.hpp"
#include "base/stopwatch.hpp"
#include "device/demag_cache.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "fuzz/files.hpp"
#include "fuzz/random.hpp"
#include "fuzz/target.hpp"
#include "study/parameter.hpp"
#include "study/read_study.hpp"

namespace spinsweep::fuzz {

namespace {

constexpr std::uint64_t seed = 1;
/// So long each case is simulated, s; what takes longer is cut short as by a time limit.
constexpr double time_limit = 1.0;

/// The time limit was noticed.
class Noticed {};

/// Sweep files whose values are legal but extreme, *run*: keys of a small device at their limits, or a thousand or a
/// million times too large or too small.
class ExtremeTarget : public Target {
 public:
  void write_input(std::uint64_t number, const std::filesystem::path& folder) const override {
    Random random(seed, number);
    const device::Kind& kind = random.one_in(2) ? device::kind_of<device::Synapse> : device::kind_of<device::Neuron>;
    std::string text;
    const auto keys = numeric_keys(kind);
    // Each key by itself first, then several together.
    const std::size_t changes = number < 2 * keys.size() ? 1 : 2 + random.below(3);
    for (std::size_t k = 0; k < changes; ++k) {
      const auto* key = changes == 1 ? keys[number % keys.size()] : random.pick(keys);
      text += fmt::format("{}{}={}", k == 0 ? "" : "\n", key_in_file(*key, kind), extreme_value(*key, kind, random));
    }
    write_bytes(folder / "changes", text);
    write_bytes(folder / "sweep.toml", small_device(kind));
  }

  void read(const std::filesystem::path& folder) const override {
    std::vector<std::string> overrides;
    const std::string changes = read_bytes(folder / "changes");
    for (std::size_t begin = 0; begin < changes.size();) {
      const std::size_t end = std::min(changes.find('\n', begin), changes.size());
      overrides.push_back(changes.substr(begin, end - begin));
      begin = end + 1;
    }
    const study::Study study = study::read_study(folder / "sweep.toml", overrides);
    const study::DevicePlan& plan = study.devices.front();
    try {
      simulate(plan.cases.front());
    } catch (const Noticed&) {
      // As good as an end: no loop went on without looking at its limits.
    }
  }

 private:
  static std::string small_device(const device::Kind& kind) {
    return fmt::format(
        "[material]\ndamping = 0.3\n[{}]\nlength = 120e-9\nwidth = 32e-9\ncell = 4e-9\ninitial_wall = {{ "
        "position = 40e-9 }}\npulse = {{ current_density = 0.5e12, duration = 0.2e-9 }}\noutput = {{ "
        "interval = 0.05e-9, snapshots = 2 }}\n{}",
        kind.name,
        kind.derives == device::Derived::activation ? "mtj = { window = { from = 40e-9, to = 80e-9 } }\n"
                                                    : "notches = { count = 2, diameter = 12e-9 }\n");
  }

  static std::vector<const study::Parameter*> numeric_keys(const device::Kind& kind) {
    std::vector<const study::Parameter*> keys;
    for (const auto& key : study::device_keys()) {
      if (const auto* numeric = study::find_parameter(kind, key.path)) {
        keys.push_back(numeric);
      }
    }
    return keys;
  }

  static std::string key_in_file(const study::Parameter& key, const device::Kind& kind) {
    const bool is_shared = key.path.starts_with("material.") || key.path.starts_with("solver.");
    return is_shared ? key.path : fmt::format("{}.{}", kind.name, key.path);
  }

  static std::string extreme_value(const study::Parameter& key, const device::Kind& kind, Random& random) {
    const study::Study study = study::parse_study(small_device(kind), "s");
    const double usual = key.get(study.plan(kind).cases.front());
    const double base = usual == 0.0 ? 1.0 : usual;
    std::vector<double> values = {1e3 * base, 1e-3 * base, -1e3 * base, 1e6 * base, 1e-6 * base, 0.0, -base};
    for (const double limit : {key.range.lowest, key.range.highest}) {
      if (std::isfinite(limit)) {
        values.push_back(limit);
      }
    }
    std::erase_if(values, [&](double value) { return value < key.range.lowest || value > key.range.highest; });
    const double value = random.pick(values);
    return key.type == keys::Type::integer ? fmt::format("{:.0f}", std::round(value)) : fmt::format("{:e}", value);
  }

  static void simulate(const device::DeviceParameters& p) {
    device::DemagCache cache;
    const Stopwatch watch;
    const auto look = [&watch] {
      if (watch.seconds() > time_limit) {
        throw Noticed();
      }
    };
    const micromagnetics::StepWatch steps{[look](double /*time*/) { look(); }, look};
    const auto m = device::initial_state(p, cache.get(p), steps);
    device::Simulation simulation(p, cache.get(p), m);
    (void)simulation.run(steps);
  }
};

}  // namespace

std::unique_ptr<Target> make_extreme_target(const std::filesystem::path& /*folder*/) {
  return std::make_unique<ExtremeTarget>();
}

}  // namespace spinsweep::fuzz
