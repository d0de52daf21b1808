#include "study/variant_name.hpp"

#include <fmt/format.h>

#include "study/parameter.hpp"

namespace spinsweep::study {

std::string variant_name(const study::DevicePlan& plan, std::size_t number, const study::Variant& variant) {
  std::string text = fmt::format("{} variant {}", group_name(plan.base.kind), number);
  const char* separator = ": ";
  for (const auto& axis : plan.axes) {
    if (axis.path != "pulse.current_density") {
      const study::Parameter& parameter = *study::find_parameter(plan.base.kind, axis.path);
      text += fmt::format("{}{} {}", separator, axis.path,
                          study::readable(parameter, parameter.get(plan.cases[variant.cases.front()])));
      separator = ", ";
    }
  }
  return text;
}

}  // namespace spinsweep::study
