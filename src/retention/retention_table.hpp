#pragma once

#include <string>
#include <vector>

#include "characterization/variant_table.hpp"
#include "simulation/case_table.hpp"
#include "study/stage_section.hpp"

/// How long devices remember their levels: [retention] of the sweep file, and /retention.
namespace spinsweep::retention::retention_table {

using characterization::variant_table::variant;
using results::acting_as;
using results::Dimension;
using results::filled_with;
using results::governed_by;
using results::LayoutInput;
using results::meaning;
using results::remark;
using results::Role;
using results::Variable;

/// Whether the wall can leave the track over its ends.
enum class Ends { open, closed };

struct Settings {
  std::vector<int> temperatures = {300, 358};
  std::vector<int> times = {1, 3600, 86400, 31557600, 315576000};
  double attempt_frequency = 0.0;
  Ends ends = Ends::open;

  static void declare(auto& key) {
    key("temperatures", &Settings::temperatures, "K", keys::between(1, 10000),
        "temperatures of the devices; in whole kelvins, 358 K are 85 degrees Celsius", keys::Role::evaluation);
    key("times", &Settings::times, "s", keys::between(1, 2147483647),
        "times after which the probability of each level is computed; in whole seconds", keys::Role::evaluation);
    key("attempt_frequency", &Settings::attempt_frequency, "s-1", keys::not_negative,
        "prefactor of Arrhenius' law; the rate at which a wall attempts to leave its notch. 0: computed in harmonic "
        "approximation for tracks of up to 2000 cells, and 1e9 1/s for larger ones. Measured values lie between 1e9 "
        "and 1e12 1/s (arXiv:1506.07333); each factor of ten is worth 2.3 kB T of a barrier",
        keys::Role::evaluation);
    key("ends", &Settings::ends, {"open", "closed"},
        "ends of the track; the wall can be lost over open ones; closed ones hold it, as where layers next to the "
        "track pin its domains, and no losses are computed",
        keys::Role::evaluation);
  }
};

inline const study::DeclaredSection<Settings> section{"retention"};

/// Paths have at most as many images.
inline constexpr std::uint64_t most_images = 300;
/// Attempt frequencies are computed for tracks of at most this number of cells: the time grows with the third power.
inline constexpr std::size_t most_cells_of_frequency = 2000;
/// For larger ones, 1/s: the lower end of what was measured (arXiv:1506.07333).
inline constexpr double usual_attempt_frequency = 1e9;
/// Devices count as changed when that fraction of them is at another level.
inline constexpr double lost_fraction = 0.01;
inline constexpr double ten_years = 315576000.0;  ///< s

[[nodiscard]] std::uint64_t notch_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t path_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t temperature_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t time_count(const LayoutInput& input);
[[nodiscard]] store::InitialData temperatures(const LayoutInput& input);
[[nodiscard]] store::InitialData times(const LayoutInput& input);
[[nodiscard]] bool exists(const study::Study& study);
/// The meanings of a LossPath.
[[nodiscard]] std::vector<store::Flag> loss_path_flags();

/// Where the highest of the temperatures and the longest of the times are along their dimensions.
struct Conditions {
  std::uint64_t temperature = 0;
  std::uint64_t time = 0;
};
[[nodiscard]] Conditions hardest_conditions(const study::Study& study);

/// A time of [retention] (s) in the largest unit that divides it: "10 years", "1 h", "90 s".
[[nodiscard]] std::string time_text(int seconds);

inline const Dimension well{"well", notch_count};
inline const Dimension well_after{"well_after", notch_count};
inline const Dimension path{"path", path_count};
inline const Dimension image{"image", results::fixed<most_images>};
inline const Dimension end{"end", results::fixed<2>};
inline const Dimension temperature{"temperature", temperature_count};
inline const Dimension time{"time", time_count};

inline results::Group group{"/retention", &exists};

inline const results::Status status(group, "status", {&variant}, "how far the variant is");
inline const Variable<char> message(group, "message", variant + simulation::case_table::message_length, "",
                                    "why the variant failed", acting_as(Role::message), governed_by(status));
inline const Variable<double> temperature_value(group, "temperature", {&temperature}, "K", "temperature",
                                                acting_as(Role::coordinate), filled_with(temperatures));
inline const Variable<double> time_value(group, "time", {&time}, "s", "time since levels were written",
                                         acting_as(Role::coordinate), filled_with(times));
inline const Variable<double> wall_time(group, "wall_time", {&variant}, "s", "computing time", acting_as(Role::cost),
                                        governed_by(status));
inline const Variable<std::int32_t> wells(
    group, "wells", {&variant}, "1", "notches in which a wall stays", governed_by(status),
    remark("from the others it slides away without any heat, if only to the well of the notch before"));
inline const Variable<double> well_position(group, "well_position", variant + well, "m",
                                            "position of the wall in each of these", governed_by(status),
                                            remark("left to right, then NaN"));
inline const Variable<double> well_conductance(group, "well_conductance", variant + well, "S",
                                               "conductance with the wall in each of these", governed_by(status));
inline const Variable<double> well_energy(group, "well_energy", variant + well, "J",
                                          "energy with the wall there above the lowest of them", governed_by(status));
inline const Variable<double> barrier_forth(group, "barrier_forth", variant + path, "J",
                                            "energy barrier from a well to the next", governed_by(status),
                                            remark("path k leads from well k to well k + 1"));
inline const Variable<double> barrier_back(group, "barrier_back", variant + path, "J",
                                           "energy barrier from a well to the one before", governed_by(status));
inline const Variable<double> barrier_forth_thermal(group, "barrier_forth_thermal", variant + temperature + path, "1",
                                                    "energy barrier from a well to the next in units of kB T",
                                                    governed_by(status));
inline const Variable<double> barrier_back_thermal(group, "barrier_back_thermal", variant + temperature + path, "1",
                                                   "energy barrier from a well to the one before in units of kB T",
                                                   governed_by(status));
inline const Variable<double> attempt_frequency_forth(
    group, "attempt_frequency_forth", variant + path, "s-1", "attempt frequency of the barrier from a well to the next",
    governed_by(status), remark("that of Langer's theory in harmonic approximation, or as given"));
inline const Variable<double> attempt_frequency_back(group, "attempt_frequency_back", variant + path, "s-1",
                                                     "attempt frequency of the barrier from a well to the one before",
                                                     governed_by(status));
inline const Variable<double> smallest_barrier(group, "smallest_barrier", {&variant}, "J", "smallest barrier of all",
                                               governed_by(status), remark("losses of the wall included"));
inline const Variable<double> saddle_position(group, "saddle_position", variant + path, "m",
                                              "position of the wall at the saddle point", governed_by(status));
inline const Variable<double> saddle_energy(group, "saddle_energy", variant + path, "J",
                                            "energy at the saddle point above the lowest well", governed_by(status));
inline const Variable<double> saddle_change(group, "saddle_change", variant + path, "J",
                                            "change of that energy when the number of images was doubled",
                                            governed_by(status));
inline const Variable<float> saddle_magnetization(group, "saddle_magnetization",
                                                  variant + path + simulation::case_table::y +
                                                      simulation::case_table::x + simulation::case_table::component,
                                                  "1", "magnetisation (x, y, z) at the saddle point",
                                                  governed_by(status),
                                                  remark("zero in the notches and outside a smaller track"));
inline const Variable<std::int32_t> unstable_modes(
    group, "unstable_modes", variant + path, "1", "unstable modes among the lowest three at the saddle point",
    governed_by(status), remark("1 at a saddle point; 0 if only the highest point of the path is known"));
inline const Variable<std::int32_t> images(group, "images", variant + path, "1", "images of the path",
                                           governed_by(status));
inline const Variable<std::int32_t> steps(group, "steps", variant + path, "1", "steps of the path until it converged",
                                          governed_by(status));
inline const Variable<double> path_position(group, "path_position", variant + path + image, "m",
                                            "position of the wall along the path", governed_by(status));
inline const Variable<double> path_energy(group, "path_energy", variant + path + image, "J",
                                          "energy along the path above the lowest well", governed_by(status));
inline const Variable<std::int8_t> loss_path(
    group, "loss_path", variant + end, "", "what is known of the path on which the wall leaves the track",
    governed_by(status), meaning(loss_path_flags()),
    remark("over the left and the right end, from the first and the last well. `none`: without a wall the track is not "
           "stable; `failed`: the search has failed, and the end counts as closed"));
inline const Variable<double> lost_conductance(group, "lost_conductance", variant + end, "S",
                                               "conductance after the wall has left over an end", governed_by(status));
inline const Variable<double> loss_barrier(group, "loss_barrier", variant + end, "J",
                                           "energy barrier of the loss of the wall over an end", governed_by(status));
inline const Variable<double> loss_barrier_thermal(group, "loss_barrier_thermal", variant + temperature + end, "1",
                                                   "energy barrier of the loss of the wall in units of kB T",
                                                   governed_by(status));
inline const Variable<double> loss_attempt_frequency(group, "loss_attempt_frequency", variant + end, "s-1",
                                                     "attempt frequency of the loss of the wall", governed_by(status));
inline const Variable<double> loss_saddle_position(group, "loss_saddle_position", variant + end, "m",
                                                   "position of the wall at the saddle point of its loss",
                                                   governed_by(status));
inline const Variable<double> loss_saddle_energy(group, "loss_saddle_energy", variant + end, "J",
                                                 "energy at the saddle point of the loss above the lowest well",
                                                 governed_by(status));
inline const Variable<double> loss_saddle_change(group, "loss_saddle_change", variant + end, "J",
                                                 "change of that energy when the number of images was doubled",
                                                 governed_by(status));
inline const Variable<float> loss_saddle_magnetization(
    group, "loss_saddle_magnetization",
    variant + end + simulation::case_table::y + simulation::case_table::x + simulation::case_table::component, "1",
    "magnetisation (x, y, z) at the saddle point of the loss", governed_by(status));
inline const Variable<std::int32_t> loss_unstable_modes(group, "loss_unstable_modes", variant + end, "1",
                                                        "unstable modes among the lowest three at that saddle point",
                                                        governed_by(status));
inline const Variable<std::int32_t> loss_images(group, "loss_images", variant + end, "1",
                                                "images of the path of the loss", governed_by(status));
inline const Variable<std::int32_t> loss_steps(group, "loss_steps", variant + end, "1",
                                               "steps of that path until it converged", governed_by(status));
inline const Variable<double> loss_path_position(group, "loss_path_position", variant + end + image, "m",
                                                 "position of the wall along the path of the loss", governed_by(status),
                                                 remark("left to right"));
inline const Variable<double> loss_path_energy(group, "loss_path_energy", variant + end + image, "J",
                                               "energy along the path of the loss above the lowest well",
                                               governed_by(status));
inline const Variable<double> level_probability(
    group, "level_probability", variant + temperature + time + well + well_after, "1",
    "probability of being at a level after a time, by the level that was written", governed_by(status));
inline const Variable<double> loss_probability(
    group, "loss_probability", variant + temperature + time + well + end, "1",
    "probability that the wall has left over an end after a time, by the level that was written", governed_by(status),
    remark("with `level_probability` it sums up to 1; NaN for an end whose path was not found"));
inline const Variable<double> retention_time(group, "retention_time", variant + temperature, "s",
                                             "time after which 1 % of the devices are at another level",
                                             governed_by(status),
                                             remark("or have lost their wall; devices evenly distributed over the "
                                                    "wells"));
inline const Variable<double> retention_temperature(
    group, "retention_temperature", {&variant}, "K",
    "largest temperature at which less than 1 % of the devices are at another level after ten years",
    governed_by(status), remark("or have lost their wall"));

}  // namespace spinsweep::retention::retention_table
