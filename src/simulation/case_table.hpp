#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "device/film.hpp"
#include "device/simulation.hpp"
#include "results/results.hpp"
#include "results/variable.hpp"
#include "study/bisection.hpp"

/// The simulated cases of each device: /synapse, /neuron and so on, a group for each kind.
namespace spinsweep::simulation::case_table {

using namespace results;

/// Whether the traces and the maps of the cases are recorded.
[[nodiscard]] bool has_traces(const LayoutInput& input);
[[nodiscard]] bool has_maps(const LayoutInput& input);

[[nodiscard]] std::uint64_t case_count(const LayoutInput& input);
/// The number of samples of the longest case.
[[nodiscard]] std::uint64_t sample_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t snapshot_count(const LayoutInput& input);
/// The number of pulses of the case with most of them.
[[nodiscard]] std::uint64_t pulse_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t cells_along_x(const LayoutInput& input);
[[nodiscard]] std::uint64_t cells_along_y(const LayoutInput& input);
[[nodiscard]] std::uint64_t checkpoint_bytes(const LayoutInput& input);
/// Checkpoints that can exist at the same time.
[[nodiscard]] std::uint64_t checkpoint_rows(const LayoutInput& input);

inline const Dimension device_case{"case", case_count};
inline const Dimension time_sample{"time", sample_count};
inline const Dimension pulse{"pulse", pulse_count};
inline const Dimension component{"component", fixed<3>};
inline const Dimension term{"term", fixed<micromagnetics::energy_terms.size()>};
inline const Dimension snapshot_time{"snapshot_time", snapshot_count};
inline const Dimension y{"y", cells_along_y};
inline const Dimension x{"x", cells_along_x};
inline const Dimension checkpoint_row{"checkpoint_row", checkpoint_rows, false};
inline const Dimension slot{"slot", fixed<2>};
inline const Dimension checkpoint_byte{"checkpoint_byte", checkpoint_bytes, false};
inline const Dimension message_length{"message_length", fixed<240>};

/// Whether maps of the cells are recorded, and that quantity varies from cell to cell in a case.
[[nodiscard]] bool has_anisotropy_map(const LayoutInput& input);
[[nodiscard]] bool has_dmi_map(const LayoutInput& input);
[[nodiscard]] bool has_saturation_magnetization_map(const LayoutInput& input);
[[nodiscard]] bool has_exchange_map(const LayoutInput& input);
[[nodiscard]] bool has_share_map(const LayoutInput& input);
[[nodiscard]] bool has_current_map(const LayoutInput& input);

/// Whether the current of a case flows around its notches, in a heavy metal whose resistivity is known.
[[nodiscard]] bool has_crowded_current(const LayoutInput& input);

/// Whether levels are derived from the device.
[[nodiscard]] bool has_levels(const LayoutInput& input);

[[nodiscard]] std::vector<Description> swept_axes(const LayoutInput& input);
[[nodiscard]] store::InitialData longest_schedule(const LayoutInput& input);
[[nodiscard]] store::InitialData term_names(const LayoutInput& input);

inline Group group{Group::OfEachKind(), swept_axes};

/// A case that has been simulated to its end.
struct FinishedCase {
  const device::DeviceParameters& parameters;
  const device::CaseRecord& record;
  double wall_time;  ///< s
};

/// A quantity of the readings after the pulses.
[[nodiscard]] std::vector<double> after_pulses(const device::CaseRecord& record, double device::Reading::*quantity);

/// Writes one variable of a finished case.
using CaseVariableWriter = std::function<void(DeviceResults&, std::size_t index, const FinishedCase&)>;

class CellMap;

/// Every map of the cells that a finished case may fill, in the order of the declarations.
[[nodiscard]] std::vector<const CellMap*>& cell_maps();

/// Of every variable that a finished case fills, in the order of the declarations.
[[nodiscard]] std::vector<CaseVariableWriter>& case_variable_writers();

inline const Status status(group, "status", {&device_case}, "how far the case is");

/// A variable that a finished case fills by itself: `values` gives one element, or one row for each sample.
template <class T>
class CaseVariable : public Variable<T> {
 public:
  template <class... Options>
  CaseVariable(std::string name, const Dimensions& dimensions, std::string units, std::string long_name,
               std::vector<T> (*values)(const FinishedCase&), const Options&... options)
      : Variable<T>(group, std::move(name), dimensions, std::move(units), std::move(long_name), governed_by(status),
                    options...) {
    case_variable_writers().push_back(
        [this, values](DeviceResults& results, std::size_t index, const FinishedCase& finished) {
          const bool is_trace = this->description().exists == has_traces;
          if (!is_trace || device::record_of(finished.parameters) != device::Record::lean) {
            results[*this].at(index).write(values(finished));
          }
        });
  }
};

inline const Variable<double> time(
    group, "time", {&time_sample}, "s", "time of the longest case from the start of the pulse",
    acting_as(Role::coordinate), zero_until_written, filled_with(longest_schedule), only_if(has_traces),
    remark("the sample times of every case only if neither the pulse nor `output.interval` is swept"));
inline const Names term_name(group, "term_name", term, "name of the energy term", term_names);
inline const Variable<char> message(group, "message", device_case + message_length, "", "why the case failed",
                                    acting_as(Role::message), governed_by(status), kept_in_memory);
inline const CaseVariable<double> wall_time(
    "wall_time", {&device_case}, "s", "computing time", [](const FinishedCase& c) { return std::vector{c.wall_time}; },
    acting_as(Role::cost), remark("of all runs that worked on the case"));
inline const CaseVariable<double> sample_time(
    "sample_time", device_case + time_sample, "s", "time from the start of the pulse",
    [](const FinishedCase& c) { return device::make_schedule(c.parameters).sample_times; }, acting_as(Role::coordinate),
    only_if(has_traces), remark("when each sample of the case was taken; NaN beyond its end"));
/// A trace: a row for each sample of the case, zero beyond its end.
template <class T>
class Trace : public CaseVariable<T> {
 public:
  Trace(std::string name, const Dimensions& more, std::string units, std::string long_name,
        std::vector<T> (*values)(const FinishedCase&))
      : CaseVariable<T>(std::move(name), device_case + time_sample + more, std::move(units), std::move(long_name),
                        values, zero_until_written, with_coordinates("sample_time"), only_if(has_traces)) {}
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
inline const CaseVariable<double> initial_position(
    "initial_position", {&device_case}, "m", "position of the wall before the first pulse",
    [](const FinishedCase& c) { return std::vector{c.record.readings.front().wall_position}; }, kept_in_memory,
    remark("after the reset pulse, if there is one"));
inline const CaseVariable<double> initial_conductance(
    "initial_conductance", {&device_case}, "S", "conductance before the first pulse",
    [](const FinishedCase& c) { return std::vector{c.record.readings.front().conductance}; }, kept_in_memory);
/// What is read after each pulse: a row for each of a case, NaN beyond its last.
inline const CaseVariable<double> pulse_time(
    "pulse_time", device_case + pulse, "s", "when the device is read after each pulse",
    [](const FinishedCase& c) { return device::Drive(c.parameters.pulse).readings(); }, acting_as(Role::coordinate),
    remark("where the next pulse starts, and at the end of the case; every segment of a pulse counts as one"));
inline const CaseVariable<double> pulse_position(
    "pulse_position", device_case + pulse, "m", "position of the wall after each pulse",
    [](const FinishedCase& c) { return after_pulses(c.record, &device::Reading::wall_position); },
    with_coordinates("pulse_time"));
inline const CaseVariable<double> pulse_conductance(
    "pulse_conductance", device_case + pulse, "S", "conductance after each pulse",
    [](const FinishedCase& c) { return after_pulses(c.record, &device::Reading::conductance); },
    with_coordinates("pulse_time"));
inline const CaseVariable<double> final_position(
    "final_position", {&device_case}, "m", "position of the wall at the end",
    [](const FinishedCase& c) { return std::vector{c.record.readings.back().wall_position}; }, kept_in_memory);
inline const CaseVariable<double> final_conductance(
    "final_conductance", {&device_case}, "S", "conductance at the end",
    [](const FinishedCase& c) { return std::vector{c.record.readings.back().conductance}; }, kept_in_memory);
inline const CaseVariable<double> final_wall_count(
    "final_wall_count", {&device_case}, "1", "number of walls at the end",
    [](const FinishedCase& c) { return std::vector{c.record.readings.back().wall_count}; }, kept_in_memory,
    remark("0 for one domain, NaN where nothing is a domain; nothing is derived from a case that ends with "
           "another number than 0 or 1"));
inline const CaseVariable<double> final_crossing(
    "final_crossing", {&device_case}, "m", "where the mean m_z across the track changes its sign at the end",
    [](const FinishedCase& c) { return std::vector{c.record.readings.back().wall_crossing}; },
    remark("by linear interpolation between columns of cells; NaN unless there is one wall. `final_position` follows "
           "from the mean m_z of the track, which a current or a field that tilts the domains moves"));
inline const Variable<double> temperature_rise(group, "temperature_rise", {&device_case}, "K",
                                               "largest temperature rise by the heat of the current",
                                               governed_by(status), only_if(has_levels),
                                               remark("of a strip as wide as the track on the substrate"));
inline const Variable<double> notch_resistance(
    group, "notch_resistance", {&device_case}, "ohm", "resistance that a notch adds to the heavy metal",
    governed_by(status), only_if(has_crowded_current),
    remark("mean over the places with notches, of one notch or of two that face each other; NaN where there are none "
           "or the current is uniform"));
inline const Variable<float> snapshot(
    group, "snapshot", device_case + snapshot_time + y + x + component, "1", "magnetisation (x, y, z)",
    governed_by(status), only_if(has_maps),
    remark("evenly in time from the start to the end of the case; zero in the notches and outside a smaller track"));
/// A number of each cell of a film that varies; `value` gives that of a cell.
class CellMap : public Variable<float> {
 public:
  template <class... Options>
  CellMap(std::string name, std::string units, std::string long_name, bool (*exists)(const LayoutInput&),
          bool (*varies_in)(const device::DeviceParameters&),
          double (*value_of)(const micromagnetics::Film&, std::size_t cell), const Options&... options)
      : Variable(group, std::move(name), device_case + y + x, std::move(units), std::move(long_name),
                 governed_by(status), only_if(exists), options...),
        varies(varies_in),
        value(value_of) {
    cell_maps().push_back(this);
  }

  bool (*varies)(const device::DeviceParameters&);
  double (*value)(const micromagnetics::Film&, std::size_t cell);
};

inline const CellMap anisotropy(
    "anisotropy", "J m-3", "anisotropy of each cell", has_anisotropy_map,
    [](const device::DeviceParameters& p) { return device::has_varying_anisotropy(p); },
    [](const micromagnetics::Film& film, std::size_t cell) { return film.maps->anisotropy[cell]; },
    remark("only where it varies from cell to cell, as the following ones; zero in the notches, and everywhere in a "
           "case in which it does not vary"));
inline const CellMap dmi(
    "dmi", "J m-2", "DMI constant of each cell", has_dmi_map,
    [](const device::DeviceParameters& p) { return device::has_varying_dmi(p); },
    [](const micromagnetics::Film& film, std::size_t cell) { return film.maps->dmi[cell]; });
inline const CellMap saturation_magnetization(
    "saturation_magnetization", "A m-1", "saturation magnetisation of each cell", has_saturation_magnetization_map,
    [](const device::DeviceParameters& p) { return device::has_varying_saturation_magnetization(p); },
    [](const micromagnetics::Film& film, std::size_t cell) {
      return film.material.saturation_magnetization * film.maps->moment[cell];
    });
inline const CellMap exchange_stiffness(
    "exchange_stiffness", "J m-1", "exchange stiffness of each cell", has_exchange_map,
    [](const device::DeviceParameters& p) { return device::has_varying_exchange(p); },
    [](const micromagnetics::Film& film, std::size_t cell) {
      return film.maps->exchange_stiffness[cell] *
             std::min(film.maps->exchange_to_east[cell], film.maps->exchange_to_north[cell]);
    },
    remark("times `disorder.grains.exchange` where the next cell to the right or above is of another grain"));
inline const CellMap filled_share(
    "filled_share", "1", "share of each cell that is filled", has_share_map,
    [](const device::DeviceParameters& p) { return p.track.edge == device::Edge::smooth; },
    [](const micromagnetics::Film& film, std::size_t cell) { return film.maps->share[cell]; });
inline const CellMap current_density_x(
    "current_density_x", "1", "current density along x in each cell over that of the pulse", has_current_map,
    [](const device::DeviceParameters& p) { return p.current.flow == device::CurrentFlow::crowded; },
    [](const micromagnetics::Film& film, std::size_t cell) { return film.current->x[cell]; },
    remark("of a crowded current"));
inline const CellMap current_density_y(
    "current_density_y", "1", "the same along y", has_current_map,
    [](const device::DeviceParameters& p) { return p.current.flow == device::CurrentFlow::crowded; },
    [](const micromagnetics::Film& film, std::size_t cell) { return film.current->y[cell]; });
inline const Variable<std::uint8_t> checkpoint(group, "checkpoint", checkpoint_row + slot + checkpoint_byte, "1",
                                               "states of unfinished cases", acting_as(Role::checkpoint),
                                               remark("not for readers"));

/// Whether something may be derived from a case that is done: it ends with one wall, or with one domain.
[[nodiscard]] bool has_one_wall(const results::DeviceResults& results, std::size_t index);

/// The points that decide a bisection, of whose cases the first is done.
[[nodiscard]] study::DecisivePoints decisive_points_of(const study::DevicePlan& plan,
                                                       const std::vector<std::size_t>& cases,
                                                       const results::DeviceResults& results);

}  // namespace spinsweep::simulation::case_table
