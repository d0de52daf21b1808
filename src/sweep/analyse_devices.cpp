#include <algorithm>
#include <cmath>

#include "analysis/depinning.hpp"
#include "analysis/level_linearity.hpp"
#include "base/not_a_number.hpp"
#include "device/drive.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "store/case_status.hpp"
#include "sweep/analysis_parameters.hpp"
#include "sweep/analysis_stage.hpp"

namespace spinsweep::sweep {

namespace {

/// A wall that hangs on both notches of a pair bows out, to a semicircle at most before it must go; so it has left only
/// beyond that, or half-way to the next pair.
analysis::PinningSite site_of(const device::DeviceParameters& p, const std::vector<double>& notches, double notch) {
  const double half_pitch = (notches.size() > 1 ? notches[1] - notches[0] : p.track.length) / 2.0;
  return {.position = notch,
          .before = std::min(p.notches.diameter, half_pitch),
          .beyond = std::min((p.notches.diameter + p.track.width) / 2.0, half_pitch)};
}

/// One row of a variable of /analysis.
void put_row(store::ResultsFile& file, const std::string& name, std::uint64_t row, const std::vector<double>& values) {
  file.write<double>("/analysis/" + name, {row, 0}, {1, values.size()}, values);
}

/// The wall's passage of every notch of a case.
std::vector<analysis::Passage> passages(const device::DeviceParameters& p, const std::vector<double>& notches,
                                        const std::vector<double>& time, const std::vector<double>& position) {
  const device::Drive drive(p.pulse);
  std::vector<analysis::Passage> list;
  list.reserve(notches.size());
  for (const double notch : notches) {
    list.push_back(analysis::find_passage(time, position, drive.corners().back(), site_of(p, notches, notch),
                                          drive.peak() >= 0.0));
  }
  return list;
}

}  // namespace

void analyse_notches(const study::Study& study, store::ResultsFile& file) {
  if (largest_notch_count(study) == 0) {
    return;
  }
  const auto status = file.read<std::int8_t>("/synapse/status");
  const auto list = variants(study.synapse);
  for (std::uint64_t v = 0; v < list.size(); ++v) {
    const auto& first = study.synapse.cases[list[v].cases.front()];
    const auto notches = device::notch_positions(first.track, first.notches);
    std::vector<std::vector<analysis::Trial>> trials(notches.size());
    for (const std::size_t index : list[v].cases) {
      if (!says(status[index], store::CaseStatus::done)) {
        continue;
      }
      const auto& p = study.synapse.cases[index];
      const auto time = device::make_schedule(p.pulse, p.output).sample_times;
      const auto position = file.read<double>("/synapse/wall_position", {index, 0}, {1, time.size()});
      const auto found = passages(p, notches, time, position);
      std::vector<double> arrival;
      std::vector<double> delay;
      for (std::size_t k = 0; k < notches.size(); ++k) {
        arrival.push_back(found[k].arrival.value_or(not_a_number));
        delay.push_back(found[k].delay().value_or(not_a_number));
        trials[k].push_back({.current_density = std::abs(device::Drive(p.pulse).peak()),
                             .held = found[k].arrival && !found[k].departure,
                             .passed = found[k].departure.has_value()});
      }
      put_row(file, "arrival_time", index, arrival);
      put_row(file, "depinning_delay", index, delay);
    }
    std::vector<double> passed;
    std::vector<double> held;
    for (const auto& trial : trials) {
      const auto current = analysis::depinning_current(trial);
      passed.push_back(current.passed.value_or(not_a_number));
      held.push_back(current.held.value_or(not_a_number));
    }
    put_row(file, "notch_position", v, notches);
    put_row(file, "notch_depinning_current", v, passed);
    put_row(file, "notch_pinning_current", v, held);
  }
}

void analyse_levels(store::ResultsFile& file) {
  const auto counts = file.read<std::int32_t>("/variants/levels");
  for (std::uint64_t v = 0; v < counts.size(); ++v) {
    if (counts[v] < 2) {
      continue;
    }
    const auto linearity = analysis::level_linearity(
        file.read<double>("/variants/level_conductance", {v, 0}, {1, static_cast<std::uint64_t>(counts[v])}));
    put_row(file, "level_spacing", v, linearity.spacing);
    const auto put = [&](const std::string& name, double value) {
      file.write<double>("/analysis/" + name, {v}, {1}, std::span(&value, 1));
    };
    put("mean_level_spacing", linearity.mean_spacing);
    put("level_spacing_variation", linearity.spacing_variation);
    put("differential_nonlinearity", linearity.differential_nonlinearity);
    put("integral_nonlinearity", linearity.integral_nonlinearity);
    put("level_determination", linearity.determination);
  }
}

}  // namespace spinsweep::sweep
