#include "study/case_seed.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <string>

#include "study/parameter.hpp"

namespace spinsweep::study {

namespace {

/// FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), 64 bit. std::hash is not the same everywhere.
std::uint64_t hash(const std::string& text) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (const char character : text) {
    value = (value ^ static_cast<unsigned char>(character)) * 0x100000001b3;
  }
  return value;
}

}  // namespace

std::uint64_t case_seed(std::int64_t study_seed, const DevicePlan& plan, std::size_t index) {
  const device::DeviceParameters& parameters = plan.cases[index];
  std::set<std::string> identity;
  const auto add = [&](const std::string& path) {
    // Shortest text that reads back as the same number.
    identity.insert(fmt::format("{}={}", path, find_parameter(*parameters.kind, path)->get(parameters)));
  };
  // That realisations differ is their purpose, swept or not.
  add("thermal.realization");
  for (const Axis& axis : plan.axes) {
    add(axis.path);
  }
  return hash(fmt::format("seed={} {} {}", study_seed, parameters.kind->name, fmt::join(identity, " ")));
}

void seed_cases(std::int64_t study_seed, DevicePlan& plan) {
  const std::uint64_t disorder_seed = hash(fmt::format("disorder seed={} {}", study_seed, plan.base.kind->name));
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    plan.cases[k].thermal.seed = case_seed(study_seed, plan, k);
    plan.cases[k].disorder.seed = disorder_seed;
  }
}

}  // namespace spinsweep::study
