#pragma once

#include <functional>
#include <vector>

#include "device/simulation.hpp"
#include "results/results.hpp"
#include "results/variable.hpp"

/// What the file holds of each simulated device case: /synapse, /neuron and so on, a group for each kind of device.
namespace spinsweep::simulation::case_table {

using results::Dimension;
using results::Group;
using results::LayoutInput;
using results::Status;
using results::Variable;

[[nodiscard]] std::uint64_t case_count(const LayoutInput& input);
/// Of the case that has the most.
[[nodiscard]] std::uint64_t sample_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t snapshot_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t cells_along_x(const LayoutInput& input);
[[nodiscard]] std::uint64_t cells_along_y(const LayoutInput& input);
[[nodiscard]] std::uint64_t checkpoint_bytes(const LayoutInput& input);
/// Checkpoints that can exist at the same time.
[[nodiscard]] std::uint64_t checkpoint_rows(const LayoutInput& input);

inline const Dimension device_case{"case", case_count};
inline const Dimension time_sample{"time", sample_count};
inline const Dimension component{"component", results::fixed<3>};
inline const Dimension term{"term", results::fixed<micromagnetics::energy_terms.size()>};
inline const Dimension snapshot_time{"snapshot_time", snapshot_count};
inline const Dimension y{"y", cells_along_y};
inline const Dimension x{"x", cells_along_x};
inline const Dimension checkpoint_row{"checkpoint_row", checkpoint_rows, false};
inline const Dimension slot{"slot", results::fixed<2>};
inline const Dimension checkpoint_byte{"checkpoint_byte", checkpoint_bytes, false};
inline const Dimension message_length{"message_length", results::fixed<240>};
inline const Dimension term_name_length{"term_name_length", results::fixed<16>};

[[nodiscard]] std::vector<results::Description> swept_axes(const LayoutInput& input);
[[nodiscard]] store::InitialData longest_schedule(const LayoutInput& input);
[[nodiscard]] store::InitialData term_names(const LayoutInput& input);

inline Group group{Group::OfEachKind(), swept_axes};

/// A case that has been simulated to its end.
struct FinishedCase {
  const device::DeviceParameters& parameters;
  const device::CaseRecord& record;
  double wall_time;  ///< s
};

/// Writes one variable of a finished case.
using CaseVariableWriter = std::function<void(results::DeviceResults&, std::size_t index, const FinishedCase&)>;

/// Of every variable that a finished case fills, in the order of the declarations.
[[nodiscard]] std::vector<CaseVariableWriter>& case_variable_writers();

inline const Status status(group, "status", {&device_case}, "how far the case is");

/// A variable that a finished case fills by itself: `values` gives one element, or one row for each sample.
template <class T>
class CaseVariable : public Variable<T> {
 public:
  template <class... Options>
  CaseVariable(std::string name, const results::Dimensions& dimensions, std::string units, std::string long_name,
               std::vector<T> (*values)(const FinishedCase&), const Options&... options)
      : Variable<T>(group, std::move(name), dimensions, std::move(units), std::move(long_name),
                    results::governed_by(status), options...) {
    case_variable_writers().push_back(
        [this, values](results::DeviceResults& results, std::size_t index, const FinishedCase& finished) {
          results[*this].at(index).write(values(finished));
        });
  }
};

inline const Variable<double> time(
    group, "time", {&time_sample}, "s", "time of the longest case from the start of the pulse",
    results::acting_as(results::Role::coordinate), results::zero_until_written(),
    results::filled_with(longest_schedule),
    results::remark("the sample times of every case only if neither the pulse nor `output.interval` is swept"));
inline const Variable<char> term_name(group, "term_name", term + term_name_length, "", "name of the energy term",
                                      results::acting_as(results::Role::name), results::filled_with(term_names));
inline const Variable<char> message(group, "message", device_case + message_length, "", "why the case failed",
                                    results::acting_as(results::Role::message), results::governed_by(status),
                                    results::kept_in_memory());
inline const CaseVariable<double> wall_time(
    "wall_time", {&device_case}, "s", "computing time", [](const FinishedCase& c) { return std::vector{c.wall_time}; },
    results::acting_as(results::Role::cost), results::remark("of all runs that worked on the case"));
inline const CaseVariable<double> sample_time(
    "sample_time", device_case + time_sample, "s", "time from the start of the pulse",
    [](const FinishedCase& c) { return device::make_schedule(c.parameters.pulse, c.parameters.output).sample_times; },
    results::acting_as(results::Role::coordinate),
    results::remark("when each sample of the case was taken; NaN beyond its end"));
/// A trace: a row for each sample of the case, zero beyond its end.
template <class T>
class Trace : public CaseVariable<T> {
 public:
  Trace(std::string name, const results::Dimensions& more, std::string units, std::string long_name,
        std::vector<T> (*values)(const FinishedCase&))
      : CaseVariable<T>(std::move(name), device_case + time_sample + more, std::move(units), std::move(long_name),
                        values, results::zero_until_written(), results::with_coordinates("sample_time")) {}
};

inline const Trace<double> magnetization("magnetization", {&component}, "1", "mean magnetisation (x, y, z)",
                                         [](const FinishedCase& c) {
                                           std::vector<double> values;
                                           for (const auto& mean : c.record.magnetization) {
                                             values.insert(values.end(), {mean.x, mean.y, mean.z});
                                           }
                                           return values;
                                         });
inline const Trace<double> wall_position("wall_position", {}, "m", "position of the wall",
                                         [](const FinishedCase& c) { return c.record.wall_position; });
inline const Trace<double> conductance("conductance", {}, "S", "conductance of the device",
                                       [](const FinishedCase& c) { return c.record.conductance; });
inline const Trace<double> energy("energy", {&term}, "J", "energy of each term", [](const FinishedCase& c) {
  std::vector<double> values;
  for (const auto& of_terms : c.record.energy) {
    values.insert(values.end(), of_terms.begin(), of_terms.end());
  }
  return values;
});
inline const CaseVariable<double> final_position(
    "final_position", {&device_case}, "m", "position of the wall at the end",
    [](const FinishedCase& c) { return std::vector{c.record.wall_position.back()}; }, results::kept_in_memory());
inline const CaseVariable<double> final_conductance(
    "final_conductance", {&device_case}, "S", "conductance at the end",
    [](const FinishedCase& c) { return std::vector{c.record.conductance.back()}; }, results::kept_in_memory());
inline const Variable<float> snapshot(
    group, "snapshot", device_case + snapshot_time + y + x + component, "1", "magnetisation (x, y, z)",
    results::governed_by(status),
    results::remark(
        "evenly in time from the start to the end of the case; zero in the notches and outside a smaller track"));
inline const Variable<std::uint8_t> checkpoint(group, "checkpoint", checkpoint_row + slot + checkpoint_byte, "1",
                                               "states of unfinished cases",
                                               results::acting_as(results::Role::checkpoint),
                                               results::remark("not for readers"));

}  // namespace spinsweep::simulation::case_table
