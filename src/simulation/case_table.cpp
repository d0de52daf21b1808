#include "simulation/case_table.hpp"

#include <algorithm>

#include "device/readout.hpp"
#include "device/track_geometry.hpp"
#include "results/swept_axes.hpp"
#include "simulation/checkpoint.hpp"

namespace spinsweep::simulation::case_table {

namespace {

/// The largest of a number that each case has.
template <class Function>
std::uint64_t largest(const LayoutInput& input, Function&& of_case) {
  std::uint64_t most = 0;
  for (const auto& p : input.device.cases) {
    most = std::max(most, static_cast<std::uint64_t>(of_case(p)));
  }
  return most;
}

std::vector<double> sample_times(const device::DeviceParameters& p) {
  return device::make_schedule(p).sample_times;
}

bool varies_in_a_case(const CellMap& map, const LayoutInput& input) {
  return has_maps(input) && std::ranges::any_of(input.device.cases, map.varies);
}

}  // namespace

bool has_traces(const LayoutInput& input) {
  return device::record_of(input.device.base) != device::Record::lean;
}

bool has_maps(const LayoutInput& input) {
  return device::record_of(input.device.base) == device::Record::full;
}

std::uint64_t case_count(const LayoutInput& input) {
  return input.device.cases.size();
}

std::uint64_t sample_count(const LayoutInput& input) {
  return largest(input, [](const auto& p) { return sample_times(p).size(); });
}

std::uint64_t snapshot_count(const LayoutInput& input) {
  return largest(input, [](const auto& p) { return device::make_schedule(p).snapshot_times.size(); });
}

std::uint64_t pulse_count(const LayoutInput& input) {
  return largest(input, [](const auto& p) { return device::reading_count(p.pulse); });
}

std::uint64_t cells_along_x(const LayoutInput& input) {
  return largest(input, [](const auto& p) { return device::make_mesh(p).nx; });
}

std::uint64_t cells_along_y(const LayoutInput& input) {
  return largest(input, [](const auto& p) { return device::make_mesh(p).ny; });
}

std::uint64_t checkpoint_bytes(const LayoutInput& input) {
  return largest(input, largest_checkpoint_bytes);
}

std::uint64_t checkpoint_rows(const LayoutInput& input) {
  constexpr int fewest = 8;
  return static_cast<std::uint64_t>(std::max(input.ranks, fewest));
}

bool has_anisotropy_map(const LayoutInput& input) {
  return varies_in_a_case(anisotropy, input);
}

bool has_dmi_map(const LayoutInput& input) {
  return varies_in_a_case(dmi, input);
}

bool has_saturation_magnetization_map(const LayoutInput& input) {
  return varies_in_a_case(saturation_magnetization, input);
}

bool has_exchange_map(const LayoutInput& input) {
  return varies_in_a_case(exchange_stiffness, input);
}

bool has_share_map(const LayoutInput& input) {
  return varies_in_a_case(filled_share, input);
}

bool has_current_map(const LayoutInput& input) {
  return varies_in_a_case(current_density_x, input);
}

bool has_crowded_current(const LayoutInput& input) {
  return has_levels(input) && std::ranges::any_of(input.device.cases, [](const auto& p) {
           return p.current.flow == device::CurrentFlow::crowded;
         });
}

bool has_levels(const LayoutInput& input) {
  return input.device.base.kind->derives == device::Derived::levels;
}

std::vector<results::Description> swept_axes(const LayoutInput& input) {
  return results::axes_of_cases(input, device_case, status);
}

store::InitialData longest_schedule(const LayoutInput& input) {
  std::vector<double> longest;
  for (const auto& p : input.device.cases) {
    auto times = sample_times(p);
    if (times.size() > longest.size()) {
      longest = std::move(times);
    }
  }
  return longest;
}

store::InitialData term_names(const LayoutInput& /*input*/) {
  return std::vector<std::string>(micromagnetics::energy_terms.begin(), micromagnetics::energy_terms.end());
}

std::vector<double> after_pulses(const device::CaseRecord& record, double device::Reading::*quantity) {
  std::vector<double> values;
  for (auto reading = record.readings.begin() + 1; reading != record.readings.end(); ++reading) {
    values.push_back((*reading).*quantity);
  }
  return values;
}

bool has_one_wall(const results::DeviceResults& results, std::size_t index) {
  return device::is_of_one_wall(results.kept(final_wall_count, index));
}

study::DecisivePoints decisive_points_of(const study::DevicePlan& plan, const std::vector<std::size_t>& cases,
                                         const results::DeviceResults& results) {
  const std::size_t first = cases.front();
  const double start = results.kept(initial_position, first);
  return *decisive_points(plan.bisection, plan.cases[first], start);
}

std::vector<const CellMap*>& cell_maps() {
  static std::vector<const CellMap*> maps;
  return maps;
}

std::vector<CaseVariableWriter>& case_variable_writers() {
  static std::vector<CaseVariableWriter> writers;
  return writers;
}

}  // namespace spinsweep::simulation::case_table
