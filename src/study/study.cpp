#include "study/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "study/bisection.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

namespace {

template <class Condition>
const DevicePlan& plan_where(const std::vector<DevicePlan>& plans, const Condition& holds) {
  static const DevicePlan none;
  const auto found = std::ranges::find_if(plans, [&](const DevicePlan& plan) { return holds(*plan.base.kind); });
  return found == plans.end() ? none : *found;
}

/// Cases that differ in their current density at most. A sample may have drawn a point several times.
std::vector<Variant> cases_by_point(const DevicePlan& plan) {
  std::vector<const Parameter*> parameters;
  for (const auto& axis : plan.axes) {
    if (tells_variants_apart(plan, axis)) {
      parameters.push_back(find_parameter(*plan.base.kind, axis.path));
    }
  }
  std::map<std::vector<double>, std::size_t> known;
  std::vector<Variant> result;
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    std::vector<double> key;
    key.reserve(parameters.size());
    for (const Parameter* parameter : parameters) {
      key.push_back(parameter->get(plan.cases[k]));
    }
    const auto [entry, added] = known.try_emplace(key, result.size());
    if (added) {
      result.emplace_back();
    }
    result[entry->second].cases.push_back(k);
  }
  return result;
}

/// The bisections among the cases of one point, as many as it was drawn times.
std::vector<std::vector<std::size_t>> split_bisections(const DevicePlan& plan, const std::vector<std::size_t>& cases) {
  const std::size_t steps = case_count(plan.bisection);
  const std::size_t draws = cases.size() / steps;
  // If the bisection is a slower axis than the sample, every draw has its first step before any has its second.
  const bool side_by_side =
      draws > 1 && plan.cases[cases[0]].pulse.current_density == plan.cases[cases[1]].pulse.current_density;
  std::vector<std::vector<std::size_t>> bisections(draws);
  for (std::size_t k = 0; k < cases.size(); ++k) {
    bisections[side_by_side ? k % draws : k / steps].push_back(cases[k]);
  }
  return bisections;
}

}  // namespace

bool tells_variants_apart(const DevicePlan& plan, const Axis& axis) {
  return axis.path != "pulse.current_density" &&
         (axis.path != "thermal.realization" || plan.base.thermal.realizations == 1);
}

const DevicePlan& Study::plan(const device::Kind& kind) const {
  return plan_where(devices, [&kind](const device::Kind& other) { return other.name == kind.name; });
}

const DevicePlan& Study::plan_deriving(device::Derived derived) const {
  return plan_where(devices, [derived](const device::Kind& kind) { return kind.derives == derived; });
}

std::vector<std::vector<std::size_t>> bisections(const DevicePlan& plan) {
  std::vector<std::vector<std::size_t>> all;
  for (const Variant& point : cases_by_point(plan)) {
    const auto of_point = split_bisections(plan, point.cases);
    all.insert(all.end(), of_point.begin(), of_point.end());
  }
  return all;
}

std::vector<Variant> variants(const DevicePlan& plan) {
  auto result = cases_by_point(plan);
  for (auto& variant : result) {
    if (plan.bisection.exists()) {
      variant.cases = split_bisections(plan, variant.cases).front();
      continue;
    }
    std::stable_sort(variant.cases.begin(), variant.cases.end(), [&](std::size_t a, std::size_t b) {
      return plan.cases[a].pulse.current_density < plan.cases[b].pulse.current_density;
    });
  }
  return result;
}

std::vector<std::vector<std::size_t>> ensembles(const DevicePlan& plan, const Variant& variant) {
  std::vector<std::vector<std::size_t>> list;
  for (const std::size_t k : variant.cases) {
    const double current_density = plan.cases[k].pulse.current_density;
    if (list.empty() || plan.cases[list.back().front()].pulse.current_density != current_density) {
      list.emplace_back();
    }
    list.back().push_back(k);
  }
  return list;
}

std::string variant_name(const DevicePlan& plan, std::size_t number, const Variant& variant) {
  std::string text = fmt::format("{} variant {}", plan.base.kind->name, number);
  const char* separator = ": ";
  for (const auto& axis : plan.axes) {
    if (tells_variants_apart(plan, axis)) {
      const Parameter& parameter = *find_parameter(*plan.base.kind, axis.path);
      text += fmt::format("{}{} {}", separator, axis.path,
                          readable(parameter, parameter.get(plan.cases[variant.cases.front()])));
      separator = ", ";
    }
  }
  return text;
}

std::string case_name(const DevicePlan& plan, std::size_t index) {
  return case_name(plan, index, plan.cases[index]);
}

std::string case_name(const DevicePlan& plan, std::size_t index, const device::DeviceParameters& parameters) {
  std::string text = fmt::format("case {}", index);
  for (std::size_t k = 0; k < plan.axes.size(); ++k) {
    const Parameter& parameter = *find_parameter(*plan.base.kind, plan.axes[k].path);
    const double value = parameter.get(parameters);
    text += fmt::format("{} {} {}", k == 0 ? ":" : ",", parameter.path,
                        std::isnan(value) ? "to be bisected" : readable(parameter, value));
  }
  return text;
}

}  // namespace spinsweep::study
