#include "study/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "study/parameter.hpp"

namespace spinsweep::study {

std::vector<Variant> variants(const DevicePlan& plan) {
  std::map<std::vector<double>, std::size_t> known;
  std::vector<Variant> result;
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    std::vector<double> key;
    for (const auto& axis : plan.axes) {
      if (axis.path != "pulse.current_density") {
        key.push_back(find_parameter(plan.cases[k].kind, axis.path)->get(plan.cases[k]));
      }
    }
    const auto [entry, added] = known.try_emplace(key, result.size());
    if (added) {
      result.emplace_back();
    }
    result[entry->second].cases.push_back(k);
  }
  for (auto& variant : result) {
    if (plan.bisection.exists()) {
      break;
    }
    std::sort(variant.cases.begin(), variant.cases.end(), [&](std::size_t a, std::size_t b) {
      return plan.cases[a].pulse.current_density < plan.cases[b].pulse.current_density;
    });
  }
  return result;
}

std::string case_name(const DevicePlan& plan, std::size_t index) {
  return case_name(plan, index, plan.cases[index]);
}

std::string case_name(const DevicePlan& plan, std::size_t index, const device::DeviceParameters& parameters) {
  std::string text = fmt::format("case {}", index);
  for (std::size_t k = 0; k < plan.axes.size(); ++k) {
    const Parameter& parameter = *find_parameter(plan.base.kind, plan.axes[k].path);
    const double value = parameter.get(parameters);
    text += fmt::format("{} {} {}", k == 0 ? ":" : ",", parameter.path,
                        std::isnan(value) ? "to be bisected" : readable(parameter, value));
  }
  return text;
}

}  // namespace spinsweep::study
