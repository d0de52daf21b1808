#include "retention/retention_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/words.hpp"
#include "device/track_geometry.hpp"
#include "retention/losses.hpp"

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

std::vector<store::Flag> loss_path_flags() {
  const auto flag = [](LossPath kind, const char* meaning) {
    return store::Flag{static_cast<std::int64_t>(kind), meaning};
  };
  return {flag(LossPath::unknown, "unknown"), flag(LossPath::found, "found"), flag(LossPath::closed, "closed"),
          flag(LossPath::none, "none"), flag(LossPath::failed, "failed")};
}

Conditions hardest_conditions(const study::Study& study) {
  const Settings& settings = section.of(study);
  const auto place_of_largest = [](const std::vector<int>& values) {
    return static_cast<std::uint64_t>(std::ranges::max_element(values) - values.begin());
  };
  return {place_of_largest(settings.temperatures), place_of_largest(settings.times)};
}

std::string time_text(int seconds) {
  struct Unit {
    int seconds;
    const char* one;
    const char* several;
  };
  for (const Unit& unit : {Unit{31557600, "year", "years"}, {86400, "day", "days"}, {3600, "h", "h"}}) {
    if (seconds % unit.seconds == 0) {
      return counted(seconds / unit.seconds, unit.one, unit.several);
    }
  }
  return fmt::format("{} s", seconds);
}

}  // namespace spinsweep::retention::retention_table
