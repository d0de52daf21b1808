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
        later("depinning_current", {"variant", "notch"}, "A m-2",
              "smallest current density of the sweep that carries a wall past the notch during the pulse"),
        later("pinning_current", {"variant", "notch"}, "A m-2",
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

void add_sensitivity(store::Group& group, const study::Study& study, const store::Group& network) {
  const auto list = analysed_parameters(study);
  if (list.empty()) {
    return;
  }
  std::vector<std::string> names;
  std::vector<std::string> units;
  std::vector<std::string> long_names;
  for (const auto& parameter : list) {
    names.push_back(parameter.name);
    units.push_back(parameter.unit);
    long_names.push_back(parameter.long_name);
  }
  group.dimensions.push_back({"parameter", list.size()});
  group.dimensions.push_back({"bin", most_effect_bins});
  group.dimensions.push_back({"name_length", name_length});
  group.variables.push_back(text_rows("parameter_name", "parameter", "swept parameter", names));
  group.variables.push_back(text_rows("parameter_units", "parameter", "unit of the swept parameter", units));
  group.variables.push_back(text_rows("parameter_long_name", "parameter", "what the swept parameter is", long_names));
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
  auto binned = outcome;
  binned.emplace_back("bin");
  group.variables.push_back(
      later("main_effect_value", binned, "1", "mean of the swept parameter in each bin, in its own unit"));
  group.variables.push_back(later("main_effect_mean", binned, "1", "mean test accuracy in each bin"));
  const auto add_with_interval = [&](const std::string& name, const std::string& long_name) {
    group.variables.push_back(later(name, outcome, "1", long_name));
    group.variables.push_back(later(name + "_low", outcome, "1", long_name + ", lower end of the 95 % interval"));
    group.variables.push_back(later(name + "_high", outcome, "1", long_name + ", upper end of the 95 % interval"));
  };
  add_with_interval("main_effect_share", "share of the variance of accuracy between the bins");
  if (has_saltelli_sample(study.synapse) || has_saltelli_sample(study.neuron)) {
    add_with_interval("sobol_first", "first-order Sobol index of accuracy");
    add_with_interval("sobol_total", "total Sobol index of accuracy");
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
  if (network != nullptr) {
    add_sensitivity(group, study, *network);
  }
  return group;
}

}  // namespace spinsweep::sweep
