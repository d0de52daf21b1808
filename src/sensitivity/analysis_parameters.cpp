#include "sensitivity/analysis_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "device/track_geometry.hpp"
#include "programming/programming_table.hpp"
#include "results/swept_axes.hpp"
#include "retention/retention_table.hpp"

namespace spinsweep::sensitivity {

namespace {

/// The device with levels needs no mention.
std::string kind_prefix(const device::Kind& kind) {
  return kind.derives == device::Derived::levels ? "" : fmt::format("{}: ", kind.name);
}

}  // namespace

std::vector<AnalysedParameter> analysed_parameters(const study::Study& study) {
  std::vector<AnalysedParameter> list;
  for (const auto* plan : {&study.weights(), &study.neurons()}) {
    for (auto& axis : results::variant_axes(*plan)) {
      const device::Kind& kind = *plan->base.kind;
      list.push_back({.name = fmt::format("{}.{}", kind.name, axis.path),
                      .path = axis.path,
                      .short_name = kind_prefix(kind) + results::short_name_of_parameter(axis.path),
                      .unit = axis.parameter.unit,
                      .long_name = axis.parameter.long_name,
                      .kind = &kind,
                      .values = std::move(axis.values)});
    }
  }
  return list;
}

std::size_t analysed_axis_count(const study::DevicePlan& plan) {
  return static_cast<std::size_t>(
      std::ranges::count_if(plan.axes, [&](const study::Axis& axis) { return tells_variants_apart(plan, axis); }));
}

std::size_t largest_notch_count(const study::Study& study) {
  std::size_t most = 0;
  for (const auto& p : study.weights().cases) {
    most = std::max(most, device::notch_sites(p.track, p.notches).size());
  }
  return most;
}

std::vector<DeviceQuantity> device_quantities(const study::Study& study) {
  if (analysed_axis_count(study.weights()) == 0) {
    return {};
  }
  std::vector<DeviceQuantity> list;
  if (study.weights().bisection.exists()) {
    list.push_back({"depinning_current", "depinning current density", "A m-2",
                    "depinning current density that the sweep has bisected"});
  } else if (largest_notch_count(study) > 0) {
    list.push_back({"depinning_current", "depinning current density", "A m-2",
                    "smallest current density of the sweep that passes the first notch"});
  }
  list.push_back(
      {"conductance_range", "conductance range", "S", "distance of the largest to the smallest conductance level"});
  list.push_back({"level_spacing_cv", "level spacing CV", "1", "coefficient of variation of the level spacing"});
  if (programming::programming_table::exists(study)) {
    list.push_back({"mean_write_error", "write error", "1", "write error, mean over the levels that are reached"});
    list.push_back({"mean_conductance_error", "conductance error", "1",
                    "root mean square error of written conductances, in mean distances of levels"});
    list.push_back({"mean_write_energy", "energy of writing", "J",
                    "Joule heat of writing, mean over the levels that are reached"});
  }
  if (retention::retention_table::exists(study)) {
    list.push_back({"smallest_barrier", "smallest barrier", "J",
                    "smallest energy barrier between neighbouring wells or over an end of the track"});
    list.push_back({"retention_time_log10", "log10 of the retention time in s", "1",
                    "decimal logarithm of the retention time in s at the highest temperature"});
  }
  return list;
}

bool has_saltelli_sample(const study::DevicePlan& plan) {
  return plan.sampling.method == "saltelli";
}

}  // namespace spinsweep::sensitivity
