#pragma once

#include "characterization/variant_table.hpp"
#include "simulation/case_table.hpp"
#include "study/stage_section.hpp"

/// How well levels can be written: [programming] of the sweep file, and /programming.
namespace spinsweep::programming {

enum class MethodName { single_pulse, pulse_train, write_verify };

struct Settings {
  MethodName method = MethodName::single_pulse;
  int realizations = 20;
  double max_current_density = 3e12;
  double amplitude_tolerance = 0.02e12;
  int amplitudes = 5;
  double amplitude_spread = 0.3;
  int max_pulses = 20;
  double verify_tolerance = 0.25;

  static void declare(auto& key) {
    using S = Settings;
    using keys::between, keys::positive;
    using enum keys::Role;
    key("method", &S::method, {"single_pulse", "pulse_train", "write_verify"},
        "how a level is written; by one pulse of an amplitude of its own, by a number of identical pulses, or by a "
        "pulse that is verified and corrected",
        evaluation);
    key("realizations", &S::realizations, "1", between(1, 1e6),
        "realisations of each recipe, each with noise of its own and, unless `disorder.realization` is swept, disorder "
        "of its own; one without temperature and disorder",
        evaluation);
    key("max_current_density", &S::max_current_density, "A m-2", positive,
        "largest amplitude that is tried; it has the sign of `pulse.current_density`", evaluation);
    key("amplitude_tolerance", &S::amplitude_tolerance, "A m-2", positive,
        "tolerance of the bisection for the amplitudes at which the level changes at zero temperature; "
        "`max_current_density` at most",
        evaluation);
    key("amplitudes", &S::amplitudes, "1", between(1, 1000),
        "amplitudes that are tried for each level but the reset state; of `single_pulse`", evaluation);
    key("amplitude_spread", &S::amplitude_spread, "1", between(0.0, 0.99),
        "how far below the range that writes the level at zero temperature these amplitudes begin; as a fraction of "
        "the lower end of that range",
        evaluation);
    key("max_pulses", &S::max_pulses, "1", between(1, 10000),
        "pulses after which writing ends; of `pulse_train` and `write_verify`", evaluation);
    key("verify_tolerance", &S::verify_tolerance, "1", between(1e-6, 1.0),
        "difference from the conductance of a level that is accepted; as a fraction of the distance to the nearest "
        "other level, of `write_verify`",
        evaluation);
  }

  [[nodiscard]] std::string fault() const;
};

inline const study::DeclaredSection<Settings> section{"programming"};

}  // namespace spinsweep::programming

namespace spinsweep::programming::programming_table {

using characterization::variant_table::variant;
using results::acting_as;
using results::Dimension;
using results::filled_with;
using results::governed_by;
using results::LayoutInput;
using results::remark;
using results::Role;
using results::Variable;

[[nodiscard]] bool exists(const study::Study& study);
/// Most levels of a variant, at least 2: the reset state and the notches ahead of it.
[[nodiscard]] std::size_t most_levels(const study::Study& study);
[[nodiscard]] std::uint64_t target_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t recipe_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t realization_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t outcome_count(const LayoutInput& input);

inline const Dimension target{"target", target_count};
inline const Dimension recipe{"recipe", recipe_count};
inline const Dimension realization{"realization", realization_count};
inline const Dimension outcome{"outcome", outcome_count};

inline results::Group group{"/programming", &exists};

inline const results::Status status(group, "status", variant + recipe, "how far the recipe is",
                                    remark("a recipe is a way to write a level: an amplitude of `single_pulse`, a "
                                           "number of pulses of `pulse_train`, a level that `write_verify` aims at"));
inline const Variable<char> message(group, "message", variant + simulation::case_table::message_length, "",
                                    "why a recipe of the variant failed", acting_as(Role::message));
inline const Variable<double> wall_time(group, "wall_time", variant + recipe, "s", "computing time",
                                        acting_as(Role::cost), governed_by(status));

inline const Variable<std::int32_t> levels(group, "levels", {&variant}, "1", "levels that can be written",
                                           remark("the reset state and the notches ahead of it in which a wall stays, "
                                                  "in the direction in which a pulse moves the wall"));
inline const Variable<std::int32_t> levels_reached(group, "levels_reached", {&variant}, "1",
                                                   "levels that some write has reached",
                                                   remark("the others are no levels of a network; with fewer than two "
                                                          "the variant fails"));
inline const Variable<double> target_position(group, "target_position", variant + target, "m",
                                              "position of a relaxed wall at the level");
inline const Variable<double> target_conductance(group, "target_conductance", variant + target, "S",
                                                 "conductance with a relaxed wall at the level");
inline const Variable<double> upper_current_density(
    group, "upper_current_density", variant + target, "A m-2",
    "amplitude above which one pulse at zero temperature moves the wall from the reset state beyond the level",
    remark("the smallest such amplitude that is found; NaN where none up to `max_current_density` does, and of "
           "`pulse_train`"));
inline const Variable<double> recipe_current_density(group, "recipe_current_density", variant + recipe, "A m-2",
                                                     "amplitude of the recipe's (first) pulse",
                                                     acting_as(Role::coordinate),
                                                     remark("NaN where no pulse writes the level at zero temperature"));
inline const Variable<double> recipe_temperature_rise(
    group, "recipe_temperature_rise", variant + recipe, "K",
    "largest temperature rise by the recipe's (first) pulse, in the middle of a strip as wide as the track",
    remark("as `/synapse/temperature_rise`; the noise follows it with `heating = true` alone"));

inline const Variable<double> recipe_position(group, "recipe_position", variant + recipe + realization, "m",
                                              "position of the wall as written", governed_by(status));
inline const Variable<double> recipe_conductance(group, "recipe_conductance", variant + recipe + realization, "S",
                                                 "conductance as written", governed_by(status));
inline const Variable<double> recipe_walls(group, "recipe_walls", variant + recipe + realization, "1",
                                           "number of walls after writing", governed_by(status));
inline const Variable<double> recipe_energy(group, "recipe_energy", variant + recipe + realization, "J",
                                            "Joule heat in the heavy metal of all pulses", governed_by(status));
inline const Variable<double> recipe_pulses(group, "recipe_pulses", variant + recipe + realization, "1",
                                            "number of pulses", governed_by(status));

/// A probability with its 95 % confidence interval.
struct Probability {
  Variable<double> value;
  Variable<double> low;
  Variable<double> high;

  Probability(const std::string& name, const results::Dimensions& dimensions, const std::string& long_name)
      : value(group, name, dimensions, "1", long_name),
        low(group, name + "_low", dimensions, "1", long_name + ", lower end of the 95 % interval (Wilson)"),
        high(group, name + "_high", dimensions, "1", long_name + ", upper end of the 95 % interval (Wilson)") {}
};

inline const Probability level_probability("level_probability", variant + recipe + target,
                                           "probability that the recipe writes the level");
inline const Variable<std::int32_t> best_recipe(group, "best_recipe", variant + target, "1",
                                                "recipe that writes the level best", acting_as(Role::coordinate),
                                                remark("that with the largest probability, then with the smallest "
                                                       "error of conductance"));
inline const Probability write_error("write_error", variant + target,
                                     "probability that the best recipe writes another level");
inline const Variable<double> conductance(group, "conductance", variant + target + realization, "S",
                                          "conductance that the best recipe has written");
inline const Variable<double> write_energy(group, "write_energy", variant + target + realization, "J",
                                           "Joule heat of writing by the best recipe");
inline const Variable<double> pulses(group, "pulses", variant + target + realization, "1",
                                     "number of pulses of the best recipe");
inline const Variable<std::int64_t> confusion(group, "confusion", variant + target + outcome, "1",
                                              "realisations by the level that was aimed at and the one reached",
                                              remark("the last outcome is none: the wall is outside the levels, or "
                                                     "there is not one wall"));
inline const Variable<double> level_conductance(group, "level_conductance", variant + target, "S",
                                                "mean conductance of the realisations that have reached the level",
                                                remark("of its best recipe; NaN where no recipe reaches it"));
inline const Variable<double> conductance_deviation(group, "conductance_deviation", variant + target, "S",
                                                    "root mean square difference of `conductance` from that",
                                                    remark("NaN of one realisation where several would differ"));
inline const Variable<double> mean_write_error(group, "mean_write_error", {&variant}, "1",
                                               "write error, mean over the levels that are reached");
inline const Variable<double> mean_conductance_error(
    group, "mean_conductance_error", {&variant}, "1",
    "root mean square difference of the conductance from its level, over the levels that are reached, all alike, in "
    "mean distances of levels");
inline const Variable<double> mean_write_energy(group, "mean_write_energy", {&variant}, "J",
                                                "Joule heat of writing, mean over the levels that are reached");
inline const Variable<double> mean_pulses(group, "mean_pulses", {&variant}, "1",
                                          "number of pulses of writing, mean over the levels that are reached");

}  // namespace spinsweep::programming::programming_table
