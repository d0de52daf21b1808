#include "study/parameter.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/schema_parts.hpp"

namespace spinsweep::sweep {

using store::Type;
using store::Variable;

namespace {

void add_variant_axes(store::Group& group, const study::DevicePlan& plan, const std::string& dimension) {
  for (const auto& axis : plan.axes) {
    if (axis.path == "pulse.current_density") {
      continue;
    }
    const study::Parameter* parameter = study::find_parameter(plan.cases.front().kind, axis.path);
    std::vector<double> values;
    for (const auto& variant : variants(plan)) {
      values.push_back(parameter->get(plan.cases[variant.cases.front()]));
    }
    const std::string prefix = dimension == "variant" ? "" : dimension + "_";
    Variable variable =
        rows(prefix + study::variable_name(axis.path), {dimension}, parameter->unit, parameter->long_name);
    variable.initial = values;
    group.variables.push_back(std::move(variable));
  }
}

void add_depinning_current(store::Group& group, const study::Bisection& bisection) {
  const std::string point = bisection.notch > 0 ? "the wall reaches notch " + std::to_string(bisection.notch)
                                                : "the wall leaves the notch that holds it";
  for (const auto& [name, long_name] :
       {std::pair{"depinning_current", "current density above which " + point + ", middle of its bracket"},
        {"depinning_current_lower", "largest simulated current density at which not: " + point},
        {"depinning_current_upper", "smallest simulated current density at which " + point}}) {
    group.variables.push_back(later(name, {"variant"}, "A m-2", long_name));
  }
}

}  // namespace

store::Group variants_group(const study::Study& study) {
  store::Group group{.path = "/variants"};
  if (!study.synapse.cases.empty()) {
    group.dimensions.push_back({"variant", variants(study.synapse).size()});
    group.dimensions.push_back({"level", largest_level_count(study)});
    add_variant_axes(group, study.synapse, "variant");
    group.variables.push_back(
        later("level_conductance", {"variant", "level"}, "S", "conductance levels of a synapse, ascending"));
    group.variables.push_back(later("update_energy", {"variant"}, "J",
                                    "energy of a pulse in the heavy metal, mean over the current densities"));
    if (study.synapse.bisection.exists()) {
      add_depinning_current(group, study.synapse.bisection);
    }
    group.variables.push_back(rows("levels", {"variant"}, "1", "number of conductance levels", Type::int32));
  }
  if (!study.neuron.cases.empty()) {
    group.dimensions.push_back({"neuron", variants(study.neuron).size()});
    group.dimensions.push_back({"order", static_cast<std::uint64_t>(study.network.activation_order)});
    add_variant_axes(group, study.neuron, "neuron");
    group.variables.push_back(
        later("activation_coefficient", {"neuron", "order"}, "1", "coefficients of x, x^2, ... of the activation"));
    group.variables.push_back(
        later("activation_residual", {"neuron"}, "1", "root mean square misfit of the activation"));
  }
  return group;
}

}  // namespace spinsweep::sweep
