#pragma once

#include "results/variable.hpp"

/// Levels, depinning currents and activations of the devices, derived from their cases: /variants.
namespace spinsweep::characterization::variant_table {

using namespace results;

/// Most levels that a synapse variant can have: its notches and both ends if walls are relaxed there, or one for each
/// current density.
[[nodiscard]] std::uint64_t largest_level_count(const LayoutInput& input);

inline const Dimension variant{
    "variant", [](const LayoutInput& input) { return std::uint64_t{variants(input.study.weights()).size()}; }};
inline const Dimension neuron{
    "neuron", [](const LayoutInput& input) { return std::uint64_t{variants(input.study.neurons()).size()}; }};
inline const Dimension level{"level", largest_level_count};
inline const Dimension order{
    "order", [](const LayoutInput& input) { return static_cast<std::uint64_t>(input.study.network.activation_order); }};

[[nodiscard]] std::vector<Description> swept_axes(const LayoutInput& input);
inline bool has_levels(const LayoutInput& input) {
  return !input.study.weights().cases.empty();
}
inline bool has_activations(const LayoutInput& input) {
  return !input.study.neurons().cases.empty();
}
inline bool has_bisection(const LayoutInput& input) {
  return input.study.weights().bisection.exists();
}

inline Group group{"/variants", nullptr, swept_axes};

inline const Variable<double> level_conductance(group, "level_conductance", variant + level, "S",
                                                "conductance levels of a synapse, ascending", only_if(has_levels),
                                                remark("the first `levels` values, then NaN"));
inline const Variable<double> update_energy(group, "update_energy", {&variant}, "J",
                                            "Joule heat of a pulse in the heavy metal, mean over the current densities",
                                            only_if(has_levels));
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
           "of the junction's range"));
inline const Variable<double> activation_residual(group, "activation_residual", {&neuron}, "1",
                                                  "root mean square misfit of the activation", only_if(has_activations),
                                                  remark("a run warns above 0.1"));

}  // namespace spinsweep::characterization::variant_table
