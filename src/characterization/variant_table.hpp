#pragma once

#include "results/variable.hpp"
#include "study/network_devices.hpp"

/// Levels, depinning currents and activations of the devices, derived from their cases: /variants.
namespace spinsweep::characterization::variant_table {

using namespace results;

/// Most levels that a synapse variant can have: its notches and both ends if walls are relaxed there, or one for each
/// current density; or those that were measured.
[[nodiscard]] std::uint64_t largest_level_count(const LayoutInput& input);
/// Devices of the measured file that has most of them.
[[nodiscard]] std::uint64_t measured_device_count(const LayoutInput& input);

inline const Dimension variant{
    "variant", [](const LayoutInput& input) { return std::uint64_t{weight_variant_count(input.study)}; }};
inline const Dimension neuron{
    "neuron", [](const LayoutInput& input) { return std::uint64_t{neuron_variant_count(input.study)}; }};
inline const Dimension level{"level", largest_level_count};
inline const Dimension measured_device{"measured_device", measured_device_count};
/// Current densities of the variant with most of them.
[[nodiscard]] std::uint64_t current_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t neuron_current_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t pulse_count(const LayoutInput& input);

inline const Dimension current{"current", current_count};
inline const Dimension neuron_current{"neuron_current", neuron_current_count};
inline const Dimension pulse{"pulse", pulse_count};
inline const Dimension bin{"bin", fixed<20>};
inline const Dimension direction{"direction", fixed<2>};
inline const Dimension order{
    "order", [](const LayoutInput& input) { return static_cast<std::uint64_t>(input.study.network.activation_order); }};

[[nodiscard]] std::vector<Description> swept_axes(const LayoutInput& input);
/// Whether a synapse is simulated, or measured, and whether one of both is there.
inline bool has_synapse(const LayoutInput& input) {
  return !input.study.weights().cases.empty();
}
inline bool has_measured_devices(const LayoutInput& input) {
  return has_measured_weights(input.study);
}
inline bool has_levels(const LayoutInput& input) {
  return has_synapse(input) || has_measured_devices(input);
}
inline bool has_neuron(const LayoutInput& input) {
  return !input.study.neurons().cases.empty();
}
inline bool has_activations(const LayoutInput& input) {
  return has_neuron(input) || has_ideal_neurons(input.study);
}
inline bool has_bisection(const LayoutInput& input) {
  return input.study.weights().bisection.exists();
}

/// Whether cases have several pulses.
[[nodiscard]] bool has_trains(const LayoutInput& input);
/// Whether cases have several realisations.
[[nodiscard]] bool has_ensembles(const LayoutInput& input);
[[nodiscard]] bool has_neuron_ensembles(const LayoutInput& input);
/// Whether trains go back.
[[nodiscard]] bool has_depression(const LayoutInput& input);
inline bool has_ensembles_of_trains(const LayoutInput& input) {
  return has_trains(input) && has_ensembles(input);
}

inline Group group{"/variants", nullptr, swept_axes};

inline const Variable<double> level_conductance(group, "level_conductance", variant + level, "S",
                                                "conductance levels of a synapse, ascending", only_if(has_levels),
                                                remark("the first `levels` values, then NaN"));
inline const Variable<double> measured_conductance(
    group, "measured_conductance", variant + level + measured_device, "S",
    "conductance of each measured device at each level", only_if(has_measured_devices),
    remark(
        "NaN where a device was not measured; levels as in `level_conductance`, which is the mean over the devices"));
inline const Variable<double> measured_deviation(group, "measured_deviation", variant + level, "S",
                                                 "standard deviation of the conductance between measured devices",
                                                 only_if(has_measured_devices),
                                                 remark("0 at a level with one device, NaN beyond the last level"));
inline const Variable<double> update_energy(group, "update_energy", {&variant}, "J",
                                            "Joule heat of a pulse in the heavy metal, mean over the current densities",
                                            only_if(has_synapse));
inline const Variable<double> depinning_current(
    group, "depinning_current", {&variant}, "A m-2",
    "current density above which the wall passes the point of the bisection", only_if(has_bisection),
    called("depinning current density"), remark("middle of its bracket; only where it is bisected"));
inline const Variable<double> depinning_current_lower(
    group, "depinning_current_lower", {&variant}, "A m-2",
    "largest simulated current density at which the wall does not pass the point of the bisection",
    only_if(has_bisection));
inline const Variable<double> depinning_current_upper(
    group, "depinning_current_upper", {&variant}, "A m-2",
    "smallest simulated current density at which the wall passes the point of the bisection", only_if(has_bisection));
inline const Variable<std::int32_t> levels(group, "levels", {&variant}, "1", "number of conductance levels",
                                           only_if(has_levels),
                                           remark("0 where the cases or the relaxation of a wall failed"));
inline const Variable<double> activation_coefficient(
    group, "activation_coefficient", neuron + order, "1", "coefficients of x, x^2, ... of the activation",
    only_if(has_activations),
    remark("the activation is zero for negative x; NaN where the conductance changes by less than a hundredth "
           "of the junction's range; 1, 0, 0, ... of ideal neurons"));
inline const Variable<double> activation_residual(group, "activation_residual", {&neuron}, "1",
                                                  "root mean square misfit of the activation", only_if(has_activations),
                                                  remark("a run warns above 0.1"));

/// How the conductance follows a train of pulses at the largest current density of a variant.
inline const Variable<double> start_conductance(group, "start_conductance", {&variant}, "S",
                                                "conductance before the first pulse, mean over the realisations",
                                                only_if(has_trains));
inline const Variable<double> pulse_conductance(
    group, "pulse_conductance", variant + pulse, "S", "conductance after each pulse, mean over the realisations",
    only_if(has_trains), remark("at the largest current density of the variant, like the variables that follow"));
inline const Variable<double> pulse_conductance_deviation(
    group, "pulse_conductance_deviation", variant + pulse, "S",
    "standard deviation of the conductance after each pulse over the realisations", only_if(has_ensembles_of_trains));
inline const Variable<double> potentiation_nonlinearity(
    group, "potentiation_nonlinearity", {&variant}, "1", "nonlinearity label of the train that raises the conductance",
    only_if(has_trains), called("potentiation nonlinearity"),
    remark("P.-Y. Chen, X. Peng, S. Yu, IEEE TCAD 37, 3067 (2018): G = B (1 - exp(-P/A)) + Gmin fitted to the mean "
           "curve; 0: linear, positive: the first pulses change most"));
inline const Variable<double> depression_nonlinearity(
    group, "depression_nonlinearity", {&variant}, "1", "nonlinearity label of the train that lowers the conductance",
    only_if(has_trains), called("depression nonlinearity"),
    remark("likewise, with their sign: negative where the first pulses change most"));
inline const Variable<double> asymmetry(
    group, "asymmetry", {&variant}, "1", "largest distance between the two trains over the range of the conductance",
    only_if(has_depression),
    remark("after equal numbers of pulses from the lower end; 0: both trains pass the same conductances"));
inline const Variable<double> on_off_ratio(group, "on_off_ratio", {&variant}, "1",
                                           "largest over smallest conductance of the trains", only_if(has_trains));
inline const Variable<double> cycle_to_cycle(
    group, "cycle_to_cycle", {&variant}, "1",
    "standard deviation of the change of conductance by one pulse over the range of the conductance",
    only_if(has_ensembles_of_trains), called("cycle-to-cycle variation"),
    remark("over the realisations, root mean square over the pulses; NeuroSim's cycle-to-cycle variation"));

/// How one pulse changes the conductance, over all pulses and realisations of those trains.
inline const Names direction_name(
    group, "direction_name", direction, "direction of the conductance",
    [](const LayoutInput&) -> store::InitialData {
      return std::vector<std::string>{"increasing", "decreasing"};
    },
    only_if(has_trains));
inline const Variable<double> jump_pulses(
    group, "jump_pulses", variant + direction, "1", "pulses for the whole range of the conductance",
    only_if(has_trains), called("pulses for the range"),
    remark("the range of conductances that pulses of that direction start from, over the mean change by one pulse; of "
           "the jump table over that range, like the two variables that follow"));
inline const Variable<double> jump_cycle_to_cycle(
    group, "jump_cycle_to_cycle", variant + direction, "1",
    "standard deviation of a change within one conductance over the mean change", only_if(has_trains));
inline const Variable<double> jump_wrong_sign(group, "jump_wrong_sign", variant + direction, "1",
                                              "share of the changes with the wrong sign", only_if(has_trains));

/// What the realisations of a case have in common, for each current density of a variant.
inline const Variable<double> current_density(group, "current_density", variant + current, "A m-2",
                                              "current densities of the variant, ascending", only_if(has_ensembles));
inline const Variable<double> mean_final_position(group, "mean_final_position", variant + current, "m",
                                                  "position of the wall at the end, mean over the realisations",
                                                  only_if(has_ensembles));
inline const Variable<double> final_position_deviation(
    group, "final_position_deviation", variant + current, "m",
    "standard deviation of the position of the wall at the end over the realisations", only_if(has_ensembles));
inline const Variable<double> final_position_histogram(group, "final_position_histogram", variant + current + bin, "1",
                                                       "realisations whose wall ends in each bin",
                                                       only_if(has_ensembles),
                                                       remark("20 equal bins over the length of the track"));
inline const Variable<double> mean_final_conductance(group, "mean_final_conductance", variant + current, "S",
                                                     "conductance at the end, mean over the realisations",
                                                     only_if(has_ensembles));
inline const Variable<double> final_conductance_deviation(
    group, "final_conductance_deviation", variant + current, "S",
    "standard deviation of the conductance at the end over the realisations", only_if(has_ensembles));
inline const Variable<double> final_conductance_histogram(
    group, "final_conductance_histogram", variant + current + bin, "1",
    "realisations whose conductance ends in each bin", only_if(has_ensembles),
    remark("20 equal bins from the antiparallel to the parallel conductance of the junction"));
inline const Variable<double> stray_fraction(group, "stray_fraction", variant + current, "1",
                                             "share of realisations that end with another number of walls than one",
                                             only_if(has_ensembles),
                                             remark("of which nothing else is derived; one domain counts as one wall"));
inline const Variable<double> mean_neuron_conductance(group, "mean_neuron_conductance", neuron + neuron_current, "S",
                                                      "conductance of a neuron at the end, mean over the realisations",
                                                      only_if(has_neuron_ensembles),
                                                      remark("current densities ascending"));
inline const Variable<double> neuron_conductance_deviation(
    group, "neuron_conductance_deviation", neuron + neuron_current, "S",
    "standard deviation of the conductance of a neuron at the end over the realisations",
    only_if(has_neuron_ensembles));

}  // namespace spinsweep::characterization::variant_table
