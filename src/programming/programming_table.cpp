#include "programming/programming_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "device/track_geometry.hpp"
#include "programming/method.hpp"

namespace spinsweep::programming {

std::string Settings::fault() const {
  const bool is_looked_for = method != MethodName::pulse_train;
  return is_looked_for && amplitude_tolerance > max_current_density
             ? fmt::format(
                   "programming.amplitude_tolerance is {:g} A/m2, more than programming.max_current_density of "
                   "{:g} A/m2; expected less, or no amplitude can be found",
                   amplitude_tolerance, max_current_density)
             : "";
}

}  // namespace spinsweep::programming

namespace spinsweep::programming::programming_table {

namespace {

/// The reset state, and the notches on that side of it where there are more. Where a file has the reset state they may
/// all be on one side.
std::size_t most_levels_of(const device::DeviceParameters& p) {
  const double wall = device::initial_wall_position(p);
  std::size_t left = 0;
  std::size_t right = 0;
  for (const double notch : device::notch_positions(p.track, p.notches)) {
    left += notch < wall - p.track.cell ? 1U : 0U;
    right += notch > wall + p.track.cell ? 1U : 0U;
  }
  return 1 + (p.initial_wall.file.empty() ? std::max(left, right) : device::notch_sites(p.track, p.notches).size());
}

}  // namespace

bool exists(const study::Study& study) {
  return section.is_in(study) && !study.weights().cases.empty();
}

std::size_t most_levels(const study::Study& study) {
  const study::DevicePlan& plan = study.weights();
  std::size_t most = 2;
  for (const study::Variant& v : variants(plan)) {
    most = std::max(most, most_levels_of(plan.cases[v.cases.front()]));
  }
  return most;
}

std::uint64_t target_count(const LayoutInput& input) {
  return most_levels(input.study);
}

std::uint64_t recipe_count(const LayoutInput& input) {
  const Settings& settings = section.of(input.study);
  return method_of(settings.method).recipes(settings, most_levels(input.study));
}

std::uint64_t realization_count(const LayoutInput& input) {
  return static_cast<std::uint64_t>(section.of(input.study).realizations);
}

std::uint64_t outcome_count(const LayoutInput& input) {
  return target_count(input) + 1;
}

}  // namespace spinsweep::programming::programming_table
