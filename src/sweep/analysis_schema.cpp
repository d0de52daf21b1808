#include <algorithm>

#include "store/case_status.hpp"
#include "sweep/analysis_parameters.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/schema_parts.hpp"

namespace spinsweep::sweep {

using store::Type;
using store::Variable;

namespace {

constexpr std::uint64_t name_length = 64;

void add_depinning(store::Group& group, const study::Study& study, std::uint64_t notches) {
  group.dimensions.push_back({"case", study.synapse.cases.size()});
  group.dimensions.push_back({"notch", notches});
  for (auto& variable :
       {later("notch_position", {"variant", "notch"}, "m", "position of the notch"),
        later("notch_depinning_current", {"variant", "notch"}, "A m-2",
              "smallest current density of the sweep that carries a wall past the notch during the pulse"),
        later("notch_pinning_current", {"variant", "notch"}, "A m-2",
              "largest current density of the sweep below it that does not carry the wall past the notch"),
        later("arrival_time", {"case", "notch"}, "s",
              "time from the start of the pulse until the wall comes to the notch"),
        later("depinning_delay", {"case", "notch"}, "s",
              "time from the wall's coming to the notch until its leaving it during the pulse")}) {
    group.variables.push_back(variable);
  }
}

void add_linearity(store::Group& group, const study::Study& study) {
  group.dimensions.push_back({"spacing", largest_level_count(study) - 1});
  for (auto& variable :
       {later("level_spacing", {"variant", "spacing"}, "S", "distance of each conductance level to the next"),
        later("mean_level_spacing", {"variant"}, "S", "mean distance of the conductance levels"),
        later("level_spacing_variation", {"variant"}, "1", "standard deviation over mean of the level spacing"),
        later("differential_nonlinearity", {"variant"}, "1",
              "largest deviation of a level spacing from the mean, in mean spacings"),
        later("integral_nonlinearity", {"variant"}, "1",
              "largest distance of a level from the line through both ends, in mean spacings"),
        later("level_determination", {"variant"}, "1", "R^2 of the straight line of level against its number")}) {
    group.variables.push_back(variable);
  }
}

Variable text_rows(std::string name, const std::string& dimension, std::string long_name,
                   std::vector<std::string> rows_of) {
  Variable variable = rows(std::move(name), {dimension, "name_length"}, "", std::move(long_name), Type::character);
  variable.initial = std::move(rows_of);
  return variable;
}

/// Variables over `outcome`, which begins with the parameter: of each bin, and with the ends of their intervals.
void add_effects(store::Group& group, const std::vector<std::string>& outcome, const std::string& effect,
                 const std::string& sobol, bool sampled, const std::string& subject) {
  auto binned = outcome;
  binned.emplace_back("bin");
  group.variables.push_back(
      later(effect + "_value", binned, "1", "mean of the swept parameter in each bin, in its own unit"));
  group.variables.push_back(later(effect + "_mean", binned, "1", "mean of the " + subject + " in each bin"));
  const auto add_with_interval = [&](const std::string& name, const std::string& long_name) {
    group.variables.push_back(later(name, outcome, "1", long_name));
    group.variables.push_back(later(name + "_low", outcome, "1", long_name + ", lower end of the 95 % interval"));
    group.variables.push_back(later(name + "_high", outcome, "1", long_name + ", upper end of the 95 % interval"));
  };
  add_with_interval(effect + "_share", "share of the variance of the " + subject + " between the bins");
  if (sampled) {
    add_with_interval(sobol + "_first", "first-order Sobol index of the " + subject);
    add_with_interval(sobol + "_total", "total Sobol index of the " + subject);
  }
}

/// Name, unit and meaning of what a dimension counts: "parameter_name" and so on.
template <class List>
void add_described(store::Group& group, const std::string& dimension, const std::string& what, const List& list) {
  std::vector<std::string> names;
  std::vector<std::string> units;
  std::vector<std::string> long_names;
  for (const auto& entry : list) {
    names.push_back(entry.name);
    units.push_back(entry.unit);
    long_names.push_back(entry.long_name);
  }
  group.dimensions.push_back({dimension, list.size()});
  group.variables.push_back(text_rows(dimension + "_name", dimension, what, names));
  group.variables.push_back(text_rows(dimension + "_units", dimension, "unit of the " + what, units));
  group.variables.push_back(text_rows(dimension + "_long_name", dimension, "what the " + what + " is", long_names));
}

/// The dimensions of an accuracy that are not observations, with their names from /network.
std::vector<std::string> add_accuracy_dimensions(store::Group& group, const study::Study& study,
                                                 const store::Group& network) {
  std::vector<std::string> outcome = {"parameter"};
  for (const auto& dimension : accuracy_dimensions(study)) {
    if (is_observation(dimension)) {
      continue;
    }
    outcome.push_back(dimension.name);
    group.dimensions.push_back(dimension);
    for (const auto& variable : network.variables) {
      const bool names_it = variable.type == Type::character && variable.dimensions.size() == 2 &&
                            variable.dimensions.front() == dimension.name;
      if (const auto* texts = std::get_if<std::vector<std::string>>(&variable.initial); names_it && texts != nullptr) {
        group.variables.push_back(text_rows(variable.name, dimension.name, variable.long_name, *texts));
      }
    }
  }
  return outcome;
}

void add_sensitivity(store::Group& group, const study::Study& study, const store::Group* network) {
  const auto list = analysed_parameters(study);
  const auto quantities = device_quantities(study);
  if (list.empty() || (quantities.empty() && network == nullptr)) {
    return;
  }
  add_described(group, "parameter", "swept parameter", list);
  group.dimensions.push_back({"bin", most_effect_bins});
  group.dimensions.push_back({"name_length", name_length});
  if (!quantities.empty()) {
    add_described(group, "device_quantity", "property of the synapse", quantities);
    add_effects(group, {"parameter", "device_quantity"}, "device_effect", "device_sobol",
                has_saltelli_sample(study.synapse), "property of the synapse");
  }
  if (network != nullptr) {
    add_effects(group, add_accuracy_dimensions(group, study, *network), "main_effect", "sobol",
                has_saltelli_sample(study.synapse) || has_saltelli_sample(study.neuron), "test accuracy");
  }
}

}  // namespace

store::Group analysis_group(const study::Study& study, const store::Group* network) {
  store::Group group{.path = "/analysis"};
  group.variables.push_back(store::status_variable({}));
  if (!study.synapse.cases.empty()) {
    group.dimensions.push_back({"variant", variants(study.synapse).size()});
    if (const std::uint64_t notches = largest_notch_count(study); notches > 0) {
      add_depinning(group, study, notches);
    }
    add_linearity(group, study);
  }
  add_sensitivity(group, study, network);
  return group;
}

}  // namespace spinsweep::sweep
