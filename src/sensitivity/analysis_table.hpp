#pragma once

#include "results/variable.hpp"
#include "sensitivity/analysis_parameters.hpp"
#include "training/network_table.hpp"

/// What is computed from the results at the end of each run: /analysis.
namespace spinsweep::sensitivity::analysis_table {

using namespace results;
using characterization::variant_table::variant;
using simulation::case_table::device_case;
using training::network_table::dataset;
using training::network_table::deployment;

/// Most bins a parameter's values are put into.
inline constexpr std::uint64_t most_bins = 10;

inline const Dimension notch{"notch",
                             [](const LayoutInput& input) { return std::uint64_t{largest_notch_count(input.study)}; }};
inline const Dimension spacing{"spacing", [](const LayoutInput& input) {
                                 return characterization::variant_table::largest_level_count(input) - 1;
                               }};
inline const Dimension parameter{
    "parameter", [](const LayoutInput& input) {
      return std::uint64_t{analysed_axis_count(input.study.weights()) + analysed_axis_count(input.study.neurons())};
    }};
inline const Dimension bin{"bin", fixed<most_bins>};
inline const Dimension device_quantity{
    "device_quantity", [](const LayoutInput& input) { return std::uint64_t{device_quantities(input.study).size()}; }};

[[nodiscard]] bool has_notches(const LayoutInput& input);
[[nodiscard]] bool has_parameters(const LayoutInput& input);
[[nodiscard]] bool has_quantities(const LayoutInput& input);
[[nodiscard]] bool has_sampled_quantities(const LayoutInput& input);
[[nodiscard]] bool has_outcomes(const LayoutInput& input);
[[nodiscard]] bool has_sampled_outcomes(const LayoutInput& input);
[[nodiscard]] bool has_sample_accuracies(const LayoutInput& input);
[[nodiscard]] bool has_sampled_sample_accuracies(const LayoutInput& input);
[[nodiscard]] bool has_retained_outcomes(const LayoutInput& input);
[[nodiscard]] bool has_sampled_retained_outcomes(const LayoutInput& input);

/// One text of each entry of a list that follows from the study.
template <class Entry>
auto texts(std::vector<Entry> (*list)(const study::Study&), std::string Entry::*text) {
  return [list, text](const LayoutInput& input) -> store::InitialData {
    std::vector<std::string> rows;
    for (const Entry& entry : list(input.study)) {
      rows.push_back(entry.*text);
    }
    return rows;
  };
}

inline Group group{"/analysis"};

inline const Status status(group, "status", {}, "whether the analysis has been made");
inline const Variable<double> notch_position(group, "notch_position", variant + notch, "m", "position of the notch",
                                             only_if(has_notches), remark("NaN beyond the variant's notches"));
inline const Variable<double> notch_depinning_current(
    group, "notch_depinning_current", variant + notch, "A m-2",
    "smallest current density of the sweep that carries a wall past the notch during the pulse", only_if(has_notches));
inline const Variable<double> notch_pinning_current(
    group, "notch_pinning_current", variant + notch, "A m-2",
    "largest current density of the sweep below it that does not carry the wall past the notch", only_if(has_notches));
inline const Variable<double> arrival_time(group, "arrival_time", device_case + notch, "s",
                                           "time from the start of the pulse until the wall arrives at the notch",
                                           only_if(has_notches));
inline const Variable<double> depinning_delay(
    group, "depinning_delay", device_case + notch, "s",
    "time from the wall's arrival at the notch until it leaves it during the pulse", only_if(has_notches));

inline constexpr auto has_levels = characterization::variant_table::has_levels;
inline const Variable<double> level_spacing(group, "level_spacing", variant + spacing, "S",
                                            "distance of each conductance level to the next", only_if(has_levels));
inline const Variable<double> mean_level_spacing(group, "mean_level_spacing", {&variant}, "S",
                                                 "mean distance of the conductance levels", only_if(has_levels));
inline const Variable<double> level_spacing_cv(
    group, "level_spacing_cv", {&variant}, "1",
    "coefficient of variation of the level spacing: standard deviation over mean", only_if(has_levels),
    called("level spacing CV"));
inline const Variable<double> differential_nonlinearity(
    group, "differential_nonlinearity", {&variant}, "1",
    "largest deviation of a level spacing from the mean, in mean spacings", only_if(has_levels));
inline const Variable<double> integral_nonlinearity(
    group, "integral_nonlinearity", {&variant}, "1",
    "largest distance of a level from the line through both ends, in mean spacings", only_if(has_levels));
inline const Variable<double> level_r_squared(group, "level_r_squared", {&variant}, "1",
                                              "R^2 of the straight line of level against its number",
                                              only_if(has_levels));

inline const Names parameter_name(group, "parameter_name", parameter, "swept parameter",
                                  texts(analysed_parameters, &AnalysedParameter::name), only_if(has_parameters),
                                  remark("of both devices, but for the current density"));
inline const Names parameter_short_name(group, "parameter_short_name", parameter, "name of the parameter in figures",
                                        texts(analysed_parameters, &AnalysedParameter::short_name),
                                        only_if(has_parameters));
inline const Names parameter_unit(group, "parameter_units", parameter, "unit of the swept parameter",
                                  texts(analysed_parameters, &AnalysedParameter::unit), only_if(has_parameters));
inline const Names parameter_long_name(group, "parameter_long_name", parameter, "description of the swept parameter",
                                       texts(analysed_parameters, &AnalysedParameter::long_name),
                                       only_if(has_parameters));
inline const Names quantity_name(
    group, "device_quantity_name", device_quantity, "property of the synapse",
    texts(device_quantities, &DeviceQuantity::name), only_if(has_quantities),
    remark("`depinning_current` (of `/variants`, or else `notch_depinning_current` of the first notch), "
           "`conductance_range` between the lowest and the highest level, `level_spacing_cv`; with [programming] "
           "`mean_write_error`, `mean_conductance_error` and `mean_write_energy`; with [retention] `smallest_barrier` "
           "and `retention_time_log10`"));
inline const Names quantity_short_name(group, "device_quantity_short_name", device_quantity,
                                       "name of the property in figures",
                                       texts(device_quantities, &DeviceQuantity::short_name), only_if(has_quantities));
inline const Names quantity_unit(group, "device_quantity_units", device_quantity, "unit of the property of the synapse",
                                 texts(device_quantities, &DeviceQuantity::unit), only_if(has_quantities));
inline const Names quantity_long_name(group, "device_quantity_long_name", device_quantity,
                                      "description of the property of the synapse",
                                      texts(device_quantities, &DeviceQuantity::long_name), only_if(has_quantities));
inline const Names dataset_name(group, "dataset_name", dataset, "name of the data set",
                                training::network_table::dataset_names, only_if(has_outcomes));
inline const Names deployment_name(group, "deployment_name", deployment, "name of the deployment",
                                   training::network_table::texts_of_deployments<&network::Deployment::name>,
                                   only_if(has_outcomes));

/// An estimate with its 95 % confidence interval.
struct Estimate {
  Variable<double> value;
  Variable<double> low;
  Variable<double> high;

  Estimate(const std::string& name, const Dimensions& dimensions, const std::string& long_name,
           bool (*exists)(const LayoutInput&))
      : value(group, name, dimensions, "1", long_name, only_if(exists)),
        low(group, name + "_low", dimensions, "1", long_name + ", lower end of the 95 % interval", only_if(exists)),
        high(group, name + "_high", dimensions, "1", long_name + ", upper end of the 95 % interval", only_if(exists)) {}
};

/// How an outcome depends on each swept parameter.
struct Effects {
  Variable<double> bin_value;
  Variable<double> bin_mean;
  Estimate variance_fraction;
  Estimate sobol_first;
  Estimate sobol_total;

  /// outcome: the parameter, then what the outcome is of. sampled: for Sobol indices.
  Effects(const std::string& effect, const std::string& sobol, const Dimensions& outcome, const std::string& subject,
          bool (*exists)(const LayoutInput&), bool (*sampled)(const LayoutInput&))
      : bin_value(group, effect + "_value", outcome + bin, "1",
                  "mean of the swept parameter in each bin, in its own unit", only_if(exists)),
        bin_mean(group, effect + "_mean", outcome + bin, "1", "mean of the " + subject + " in each bin",
                 only_if(exists)),
        variance_fraction(effect + "_variance_fraction", outcome,
                          "fraction of the variance of the " + subject + " that lies between the bins", exists),
        sobol_first(sobol + "_first", outcome, "first-order Sobol index of the " + subject, sampled),
        sobol_total(sobol + "_total", outcome, "total Sobol index of the " + subject, sampled) {}
};

inline const Effects device_effect("device_effect", "device_sobol", parameter + device_quantity,
                                   "property of the synapse", has_quantities, has_sampled_quantities);
inline const Effects main_effect("main_effect", "sobol", parameter + dataset + deployment, "test accuracy",
                                 has_outcomes, has_sampled_outcomes);
inline const Effects sample_effect("sample_effect", "sample_sobol", parameter + dataset + deployment,
                                   "mean accuracy on device samples", has_sample_accuracies,
                                   has_sampled_sample_accuracies);
inline const Effects retained_effect("retained_effect", "retained_sobol", parameter + dataset + deployment,
                                     "accuracy after the longest time at the highest temperature of [retention]",
                                     has_retained_outcomes, has_sampled_retained_outcomes);

}  // namespace spinsweep::sensitivity::analysis_table
