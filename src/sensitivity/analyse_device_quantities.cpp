#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "analysis/main_effect.hpp"
#include "base/not_a_number.hpp"
#include "device/track_geometry.hpp"
#include "programming/programming_table.hpp"
#include "retention/retention_table.hpp"
#include "sensitivity/analysis_parameters.hpp"
#include "sensitivity/analysis_stage.hpp"
#include "sensitivity/analysis_table.hpp"
#include "sensitivity/effects.hpp"

namespace spinsweep::sensitivity {

namespace {

/// Of the notch that the wall meets first: the nearest one to its start that it was carried past; of two at the same
/// distance on either side, the one that lets it go first.
double first_notch_current(const device::DeviceParameters& p, std::span<const double> currents) {
  const auto notches = device::notch_positions(p.track, p.notches);
  const double start = device::initial_wall_position(p);
  double nearest = std::numeric_limits<double>::infinity();
  double current = not_a_number;
  for (std::size_t k = 0; k < notches.size(); ++k) {
    if (std::isnan(currents[k])) {
      continue;
    }
    const double distance = std::abs(notches[k] - start);
    const bool same = std::abs(distance - nearest) < 0.5 * p.track.cell;
    current = same ? std::min(current, currents[k]) : distance < nearest ? currents[k] : current;
    nearest = std::min(nearest, distance);
  }
  return current;
}

std::vector<double> first_notch_currents(const results::Results& results) {
  const study::DevicePlan& plan = results.study().weights();
  const auto list = variants(plan);
  const auto currents = results[analysis_table::notch_depinning_current].read();
  const std::size_t most = currents.size() / list.size();
  std::vector<double> first;
  for (std::size_t v = 0; v < list.size(); ++v) {
    first.push_back(
        first_notch_current(plan.cases[list[v].cases.front()], std::span(currents).subspan(v * most, most)));
  }
  return first;
}

std::vector<double> conductance_range(const results::Results& results) {
  const auto counts = results[characterization::variant_table::levels].read();
  const auto levels = results[characterization::variant_table::level_conductance].read();
  const std::size_t most = levels.size() / counts.size();
  std::vector<double> range;
  for (std::size_t v = 0; v < counts.size(); ++v) {
    const auto count = static_cast<std::size_t>(counts[v]);
    range.push_back(count > 0 ? levels[v * most + count - 1] - levels[v * most] : not_a_number);
  }
  return range;
}

/// At the highest temperature; NaN where a device never moves.
std::vector<double> log10_of_retention_time(const results::Results& results) {
  const auto& variable = results[retention::retention_table::retention_time];
  const std::vector<double> times = variable.read();
  const std::uint64_t temperatures = variable.shape().back();
  std::vector<double> logarithms;
  for (std::uint64_t k = retention::retention_table::hardest_conditions(results.study()).temperature; k < times.size();
       k += temperatures) {
    logarithms.push_back(std::isfinite(times[k]) ? std::log10(times[k]) : not_a_number);
  }
  return logarithms;
}

/// One number for each synapse variant, NaN where it is not known.
std::vector<double> values_of(const DeviceQuantity& quantity, const results::Results& results) {
  if (quantity.name == "conductance_range") {
    return conductance_range(results);
  }
  if (quantity.name == analysis_table::level_spacing_cv.description().name) {
    return results[analysis_table::level_spacing_cv].read();
  }
  for (const auto* of_writing :
       {&programming::programming_table::mean_write_error, &programming::programming_table::mean_conductance_error,
        &programming::programming_table::mean_write_energy}) {
    if (quantity.name == of_writing->description().name) {
      return results[*of_writing].read();
    }
  }
  if (quantity.name == "smallest_barrier") {
    return results[retention::retention_table::smallest_barrier].read();
  }
  if (quantity.name == "retention_time_log10") {
    return log10_of_retention_time(results);
  }
  return results.study().weights().bisection.exists()
             ? results[characterization::variant_table::depinning_current].read()
             : first_notch_currents(results);
}

}  // namespace

void analyse_device_quantities(results::Results& results) {
  const study::Study& study = results.study();
  const auto parameters = analysed_parameters(study);
  const auto quantities = device_quantities(study);
  for (std::uint64_t q = 0; q < quantities.size(); ++q) {
    const auto values = values_of(quantities[q], results);
    const EffectTarget target{analysis_table::device_effect, {q}};
    // Nothing is left to chance in a grid of simulations; in a sample the points are.
    std::vector<std::size_t> clusters(values.size(), 0);
    if (!study.weights().sampled_axes.empty()) {
      std::iota(clusters.begin(), clusters.end(), std::size_t{0});
    }
    for (std::uint64_t k = 0; k < parameters.size(); ++k) {
      if (parameters[k].kind == study.weights().base.kind) {
        write_main_effect(results, target, k,
                          analysis::main_effect(parameters[k].values, values, clusters, analysis_table::most_bins));
      }
    }
    if (has_saltelli_sample(study.weights())) {
      write_sobol_indices(results, target, study.weights(), parameters, values);
    }
  }
}

}  // namespace spinsweep::sensitivity
