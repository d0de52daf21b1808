#include <algorithm>
#include <iterator>

#include "base/error.hpp"
#include "fuzz/files.hpp"
#include "fuzz/mutate_text.hpp"
#include "fuzz/target.hpp"
#include "status/describe_plan.hpp"
#include "study/read_study.hpp"
#include "study/sections.hpp"

namespace spinsweep::fuzz {

namespace {

constexpr std::uint64_t seed = 1;

/// Every key that a sweep file may have somewhere.
std::vector<std::string> all_keys() {
  std::vector<std::string> keys = {"sweep", "zip", "sample", "pulse", "wall", "notches", "network.x", "[[study]]"};
  for (const auto& section : study::sections()) {
    keys.push_back("[" + section + "]");
  }
  for (const auto& key : study::section_keys()) {
    keys.push_back(key.name);
    keys.push_back('"' + key.key->path + '"');
    keys.push_back(key.name.substr(key.name.find('.') + 1));
  }
  return keys;
}

/// Sweep files as `plan` and `run` read them: every file of sweeps/, some of their keys given by --set.
class SweepTarget : public Target {
 public:
  SweepTarget() : keys_(all_keys()) {
    for (const auto& entry : std::filesystem::directory_iterator(SPINSWEEP_SWEEPS)) {
      if (entry.path().extension() == ".toml") {
        texts_.push_back(read_bytes(entry.path()));
      }
    }
    std::sort(texts_.begin(), texts_.end());
  }

  void write_input(std::uint64_t number, const std::filesystem::path& folder) const override {
    Random random(seed, number);
    write_bytes(folder / "sweep.toml", mutate_text(texts_[number % texts_.size()], random, keys_));
    if (random.one_in(8)) {
      write_bytes(folder / "set", random.pick(keys_) + "=" + hostile_value(random));
    }
  }

  void read(const std::filesystem::path& folder) const override {
    std::vector<std::string> overrides;
    if (std::filesystem::exists(folder / "set")) {
      overrides.push_back(read_bytes(folder / "set"));
    }
    const study::Study study = study::read_study(folder / "sweep.toml", overrides);
    (void)status::describe(study);
    (void)status::describe_as_json(study);
    // What a results file stores of the study must be the study.
    if (study::parse_study(study.text, "resolved").text != study.text) {
      throw std::logic_error("the resolved sweep file reads differently");
    }
  }

 private:
  std::vector<std::string> keys_;
  std::vector<std::string> texts_;
};

}  // namespace

std::unique_ptr<Target> make_sweep_target(const std::filesystem::path& /*folder*/) {
  return std::make_unique<SweepTarget>();
}

}  // namespace spinsweep::fuzz
