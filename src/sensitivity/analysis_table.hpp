#pragma once

#include "results/variable.hpp"
#include "sensitivity/analysis_parameters.hpp"
#include "training/network_table.hpp"

/// What is computed from the results at the end of each run: /analysis.
namespace spinsweep::sensitivity::analysis_table {

using characterization::variant_table::variant;
using results::acting_as;
using results::called;
using results::Dimension;
using results::Dimensions;
using results::filled_with;
using results::fixed;
using results::Group;
using results::LayoutInput;
using results::only_if;
using results::remark;
using results::Role;
using results::Status;
using results::Variable;
using simulation::case_table::device_case;
using training::network_table::dataset;
using training::network_table::mapping;
using training::network_table::scheme;

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
inline const Dimension name_length{"name_length", fixed<64>};

[[nodiscard]] bool has_notches(const LayoutInput& input);
[[nodiscard]] bool has_parameters(const LayoutInput& input);
[[nodiscard]] bool has_quantities(const LayoutInput& input);
[[nodiscard]] bool has_sampled_quantities(const LayoutInput& input);
[[nodiscard]] bool has_outcomes(const LayoutInput& input);
[[nodiscard]] bool has_sampled_outcomes(const LayoutInput& input);

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

/// What the entries of a list that follows from the study are called.
struct Names {
  Variable<char> name;
  Variable<char> short_name;
  Variable<char> unit;
  Variable<char> long_name;

  template <class Entry>
  Names(const std::string& prefix, const Dimension& over, const std::string& subject, const std::string& note,
        std::vector<Entry> (*list)(const study::Study&), bool (*exists)(const LayoutInput&))
      : name(group, prefix + "_name", over + name_length, "", subject, acting_as(Role::name), only_if(exists),
             filled_with(texts(list, &Entry::name)), remark(note)),
        short_name(group, prefix + "_short_name", over + name_length, "", "what figures call the " + subject,
                   acting_as(Role::name), only_if(exists), filled_with(texts(list, &Entry::short_name))),
        unit(group, prefix + "_units", over + name_length, "", "unit of the " + subject, acting_as(Role::name),
             only_if(exists), filled_with(texts(list, &Entry::unit))),
        long_name(group, prefix + "_long_name", over + name_length, "", "what the " + subject + " is",
                  acting_as(Role::name), only_if(exists), filled_with(texts(list, &Entry::long_name))) {}
};

inline const Names parameter_names("parameter", parameter, "swept parameter",
                                   "of both devices, but for the current density", analysed_parameters, has_parameters);
inline const Names quantity_names(
    "device_quantity", device_quantity, "property of the synapse",
    "`depinning_current` (of `/variants`, or else `notch_depinning_current` of the first notch), `conductance_range` "
    "between the lowest and the highest level, `level_spacing_cv`",
    device_quantities, has_quantities);
inline const Variable<char> dataset_name(group, "dataset_name", dataset + name_length, "", "name of the data set",
                                         acting_as(Role::name), only_if(has_outcomes),
                                         filled_with(training::network_table::dataset_names));
inline const Variable<char> mapping_name(group, "mapping_name", mapping + name_length, "", "how levels become weights",
                                         acting_as(Role::name), only_if(has_outcomes),
                                         filled_with(training::network_table::mapping_names));
inline const Variable<char> scheme_name(group, "scheme_name", scheme + name_length, "",
                                        "how the network is put on the device", acting_as(Role::name),
                                        only_if(has_outcomes), filled_with(training::network_table::scheme_names));

/// An estimate with its 95 % confidence interval.
struct Estimate {
  Variable<double> value;
  Variable<double> low;
  Variable<double> high;

  Estimate(const std::string& name, const Dimensions& dimensions, const std::string& long_name,
           const results::Option& exists)
      : value(group, name, dimensions, "1", long_name, exists),
        low(group, name + "_low", dimensions, "1", long_name + ", lower end of the 95 % interval", exists),
        high(group, name + "_high", dimensions, "1", long_name + ", upper end of the 95 % interval", exists) {}
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
                          "fraction of the variance of the " + subject + " that lies between the bins",
                          only_if(exists)),
        sobol_first(sobol + "_first", outcome, "first-order Sobol index of the " + subject, only_if(sampled)),
        sobol_total(sobol + "_total", outcome, "total Sobol index of the " + subject, only_if(sampled)) {}
};

inline const Effects device_effect("device_effect", "device_sobol", parameter + device_quantity,
                                   "property of the synapse", has_quantities, has_sampled_quantities);
inline const Effects main_effect("main_effect", "sobol", parameter + dataset + mapping + scheme, "test accuracy",
                                 has_outcomes, has_sampled_outcomes);

}  // namespace spinsweep::sensitivity::analysis_table
