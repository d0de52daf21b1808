#include "sweep/analysis_parameters.hpp"

#include <algorithm>

#include "study/parameter.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/schema_parts.hpp"

namespace spinsweep::sweep {

std::vector<AnalysedParameter> analysed_parameters(const study::Study& study) {
  std::vector<AnalysedParameter> list;
  for (const auto* plan : {&study.synapse, &study.neuron}) {
    const auto variant_list = variants(*plan);
    for (const auto& axis : plan->axes) {
      if (axis.path == "pulse.current_density") {
        continue;
      }
      const study::Parameter& parameter = *study::find_parameter(plan->base.kind, axis.path);
      list.push_back({.name = group_name(plan->base.kind) + "." + axis.path,
                      .path = axis.path,
                      .unit = parameter.unit,
                      .long_name = parameter.long_name,
                      .kind = plan->base.kind,
                      .values = {}});
      std::transform(variant_list.begin(), variant_list.end(), std::back_inserter(list.back().values),
                     [&](const study::Variant& variant) { return parameter.get(plan->cases[variant.cases.front()]); });
    }
  }
  return list;
}

std::vector<store::Dimension> accuracy_dimensions(const study::Study& study) {
  // Which data sets there are decides about other variables only.
  const network::DataSetShape any{.pixels = 1, .classes = 2, .width = 1};
  const store::Group group = network_group(study, {any}, 1);
  const auto accuracy = std::find_if(group.variables.begin(), group.variables.end(),
                                     [](const auto& v) { return v.name == "test_accuracy"; });
  std::vector<store::Dimension> dimensions;
  for (const auto& name : accuracy->dimensions) {
    dimensions.push_back(*std::find_if(group.dimensions.begin(), group.dimensions.end(),
                                       [&](const auto& dimension) { return dimension.name == name; }));
  }
  return dimensions;
}

bool is_observation(const store::Dimension& dimension) {
  return dimension.name == "variant" || dimension.name == "neuron" || dimension.name == "seed";
}

std::size_t largest_notch_count(const study::Study& study) {
  int most = 0;
  for (const auto& p : study.synapse.cases) {
    most = std::max(most, p.notches.count);
  }
  return static_cast<std::size_t>(most);
}

std::vector<DeviceQuantity> device_quantities(const study::Study& study) {
  const auto parameters = analysed_parameters(study);
  if (std::none_of(parameters.begin(), parameters.end(),
                   [](const auto& parameter) { return parameter.kind == device::Kind::synapse; })) {
    return {};
  }
  std::vector<DeviceQuantity> list;
  if (study.synapse.bisection.exists()) {
    list.push_back({"depinning_current", "A m-2", "depinning current density that the sweep has bisected"});
  } else if (largest_notch_count(study) > 0) {
    list.push_back({"depinning_current", "A m-2", "smallest current density of the sweep that passes the first notch"});
  }
  list.push_back({"conductance_range", "S", "distance of the largest to the smallest conductance level"});
  list.push_back({"level_spacing_variation", "1", "standard deviation over mean of the level spacing"});
  return list;
}

bool has_saltelli_sample(const study::DevicePlan& plan) {
  return plan.sampling.method == "saltelli";
}

}  // namespace spinsweep::sweep
