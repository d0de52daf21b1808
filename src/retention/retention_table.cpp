#include "retention/retention_table.hpp"

#include <algorithm>

#include "device/track_geometry.hpp"

namespace spinsweep::retention::retention_table {

std::uint64_t notch_count(const LayoutInput& input) {
  const study::DevicePlan& plan = input.study.weights();
  std::size_t most = 2;
  for (const study::Variant& v : variants(plan)) {
    const auto& p = plan.cases[v.cases.front()];
    most = std::max(most, device::notch_sites(p.track, p.notches).size());
  }
  return most;
}

std::uint64_t path_count(const LayoutInput& input) {
  return notch_count(input) - 1;
}

std::uint64_t temperature_count(const LayoutInput& input) {
  return section.of(input.study).temperatures.size();
}

std::uint64_t time_count(const LayoutInput& input) {
  return section.of(input.study).times.size();
}

store::InitialData temperatures(const LayoutInput& input) {
  const auto& values = section.of(input.study).temperatures;
  return std::vector<double>(values.begin(), values.end());
}

store::InitialData times(const LayoutInput& input) {
  const auto& values = section.of(input.study).times;
  return std::vector<double>(values.begin(), values.end());
}

bool exists(const study::Study& study) {
  return section.is_in(study) && !study.weights().cases.empty();
}

}  // namespace spinsweep::retention::retention_table
