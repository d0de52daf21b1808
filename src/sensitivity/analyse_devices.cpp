#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/depinning.hpp"
#include "analysis/level_linearity.hpp"
#include "base/not_a_number.hpp"
#include "device/drive.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "sensitivity/analysis_parameters.hpp"
#include "sensitivity/analysis_stage.hpp"
#include "sensitivity/analysis_table.hpp"
#include "simulation/case_table.hpp"
#include "store/case_status.hpp"

namespace spinsweep::sensitivity {

namespace {

/// A wall that hangs on both notches of a pair bows out, to a semicircle at most before it must go; so it has left only
/// beyond that, or half-way to the next pair.
analysis::PinningSite site_of(const device::DeviceParameters& p, const std::vector<device::NotchSite>& notches,
                              std::size_t k) {
  const auto& [position, width] = notches[k];
  double pitch = notches.size() > 1 ? std::numeric_limits<double>::infinity() : p.track.length;
  if (k > 0) {
    pitch = std::min(pitch, position - notches[k - 1].position);
  }
  if (k + 1 < notches.size()) {
    pitch = std::min(pitch, notches[k + 1].position - position);
  }
  const double track_width = device::width_at(p.track, static_cast<int>(position / p.track.cell));
  return {.position = position,
          .before = std::min(width, pitch / 2.0),
          .beyond = std::min((width + track_width) / 2.0, pitch / 2.0)};
}

/// The wall's passage of every notch of a case.
std::vector<analysis::Passage> passages(const device::DeviceParameters& p, const std::vector<double>& time,
                                        const std::vector<double>& position) {
  const auto notches = device::notch_sites(p.track, p.notches);
  const double pulse_end = device::Drive(p.pulse).corners().back();
  const bool forward = analysis::moves_forward(time, position, pulse_end);
  std::vector<analysis::Passage> list;
  list.reserve(notches.size());
  for (std::size_t k = 0; k < notches.size(); ++k) {
    list.push_back(analysis::find_passage(time, position, pulse_end, site_of(p, notches, k), forward));
  }
  return list;
}

}  // namespace

void analyse_notches(results::Results& results) {
  const study::Study& study = results.study();
  const study::DevicePlan& plan = study.weights();
  if (largest_notch_count(study) == 0 || device::record_of(plan.base) == device::Record::lean) {
    return;
  }
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto status = device.statuses(simulation::case_table::status);
  const auto list = variants(plan);
  for (std::uint64_t v = 0; v < list.size(); ++v) {
    const auto& first = plan.cases[list[v].cases.front()];
    const auto notches = device::notch_positions(first.track, first.notches);
    std::vector<std::vector<analysis::Trial>> trials(notches.size());
    for (const std::size_t index : list[v].cases) {
      if (status[index] != store::CaseStatus::done || !simulation::case_table::has_one_wall(device, index)) {
        continue;
      }
      const auto& p = plan.cases[index];
      // A wall that is driven back passes a notch both ways.
      if (p.pulse.depression != 0.0) {
        continue;
      }
      const auto time = device::make_schedule(p).sample_times;
      const auto position = device[simulation::case_table::wall_position].at(index).first(time.size());
      const auto found = passages(p, time, position);
      std::vector<double> arrival;
      std::vector<double> delay;
      for (std::size_t k = 0; k < notches.size(); ++k) {
        arrival.push_back(found[k].arrival.value_or(not_a_number));
        delay.push_back(found[k].delay().value_or(not_a_number));
        trials[k].push_back({.current_density = std::abs(device::Drive(p.pulse).peak()),
                             .held = found[k].arrival && !found[k].departure,
                             .passed = found[k].departure.has_value()});
      }
      results[analysis_table::arrival_time].at(index).write(arrival);
      results[analysis_table::depinning_delay].at(index).write(delay);
    }
    std::vector<double> passed;
    std::vector<double> held;
    for (const auto& trial : trials) {
      const auto current = analysis::depinning_current(trial);
      passed.push_back(current.passed.value_or(not_a_number));
      held.push_back(current.held.value_or(not_a_number));
    }
    results[analysis_table::notch_position].at(v).write(notches);
    results[analysis_table::notch_depinning_current].at(v).write(passed);
    results[analysis_table::notch_pinning_current].at(v).write(held);
  }
}

void analyse_levels(results::Results& results) {
  const auto counts = results[characterization::variant_table::levels].read();
  for (std::uint64_t v = 0; v < counts.size(); ++v) {
    if (counts[v] < 2) {
      continue;
    }
    const auto linearity = analysis::level_linearity(
        results[characterization::variant_table::level_conductance].at(v).first(static_cast<std::uint64_t>(counts[v])));
    results[analysis_table::level_spacing].at(v).write(linearity.spacing);
    results[analysis_table::mean_level_spacing].at(v).write(linearity.mean_spacing);
    results[analysis_table::level_spacing_cv].at(v).write(linearity.spacing_variation);
    results[analysis_table::differential_nonlinearity].at(v).write(linearity.differential_nonlinearity);
    results[analysis_table::integral_nonlinearity].at(v).write(linearity.integral_nonlinearity);
    results[analysis_table::level_r_squared].at(v).write(linearity.determination);
  }
}

}  // namespace spinsweep::sensitivity
