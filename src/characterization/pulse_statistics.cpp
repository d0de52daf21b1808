#include "characterization/pulse_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "analysis/pulse_response.hpp"
#include "base/not_a_number.hpp"
#include "characterization/variant_table.hpp"
#include "device/drive.hpp"
#include "parallel/on_root.hpp"
#include "simulation/case_table.hpp"
#include "store/case_status.hpp"

namespace spinsweep::characterization {

namespace {

namespace case_table = simulation::case_table;
using Indices = std::vector<std::size_t>;

double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) {
    sum += value;
  }
  return values.empty() ? not_a_number : sum / static_cast<double>(values.size());
}

/// Of the distribution of which the values are a sample; NaN for fewer than two.
double deviation(const std::vector<double>& values) {
  if (values.size() < 2) {
    return not_a_number;
  }
  const double middle = mean(values);
  double sum = 0.0;
  for (const double value : values) {
    sum += (value - middle) * (value - middle);
  }
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

std::vector<double> histogram(const std::vector<double>& values, double from, double to, std::size_t bins) {
  std::vector<double> counts(bins, 0.0);
  for (const double value : values) {
    const double place = std::floor((value - from) / (to - from) * static_cast<double>(bins));
    counts[static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins - 1)))] += 1.0;
  }
  return counts;
}

bool all_done(const std::vector<store::CaseStatus>& status, const Indices& cases) {
  return std::ranges::all_of(cases, [&](std::size_t k) { return status[k] == store::CaseStatus::done; });
}

Indices with_one_wall(const results::DeviceResults& device, Indices cases) {
  std::erase_if(cases, [&](std::size_t k) { return !case_table::has_one_wall(device, k); });
  return cases;
}

std::vector<double> kept_of(const results::DeviceResults& device, const results::Variable<double>& variable,
                            const Indices& cases) {
  std::vector<double> values;
  std::ranges::transform(cases, std::back_inserter(values), [&](std::size_t k) { return device.kept(variable, k); });
  return values;
}

void write_ensembles(results::Results& results, std::size_t v, const std::vector<Indices>& ensembles,
                     const study::DevicePlan& plan) {
  namespace table = variant_table;
  const results::DeviceResults device = results.of(*plan.base.kind);
  for (std::size_t c = 0; c < ensembles.size(); ++c) {
    const auto& p = plan.cases[ensembles[c].front()];
    const Indices cases = with_one_wall(device, ensembles[c]);
    const auto position = kept_of(device, case_table::final_position, cases);
    const auto conductance = kept_of(device, case_table::final_conductance, cases);
    const std::size_t bins = results[table::final_position_histogram].shape().back();
    const auto share = static_cast<double>(cases.size()) / static_cast<double>(ensembles[c].size());
    results[table::current_density].at(v, c).write(p.pulse.current_density);
    results[table::mean_final_position].at(v, c).write(mean(position));
    results[table::final_position_deviation].at(v, c).write(deviation(position));
    results[table::final_position_histogram].at(v, c).write(histogram(position, 0.0, p.track.length, bins));
    results[table::mean_final_conductance].at(v, c).write(mean(conductance));
    results[table::final_conductance_deviation].at(v, c).write(deviation(conductance));
    results[table::final_conductance_histogram].at(v, c).write(
        histogram(conductance, 1.0 / p.mtj.resistance_antiparallel, 1.0 / p.mtj.resistance_parallel, bins));
    results[table::stray_fraction].at(v, c).write(1.0 - share);
  }
}

/// The conductances of each realisation: before the first pulse, and after each.
std::vector<std::vector<double>> curves_of(const results::DeviceResults& device, const study::DevicePlan& plan,
                                           const Indices& cases) {
  std::vector<std::vector<double>> curves;
  for (const std::size_t k : cases) {
    std::vector<double>& curve = curves.emplace_back();
    curve.push_back(device.kept(case_table::initial_conductance, k));
    const auto after = device[case_table::pulse_conductance].at(k).first(device::reading_count(plan.cases[k].pulse));
    curve.insert(curve.end(), after.begin(), after.end());
  }
  return curves;
}

std::vector<double> at_pulse(const std::vector<std::vector<double>>& curves, std::size_t k) {
  std::vector<double> values;
  std::ranges::transform(curves, std::back_inserter(values), [k](const auto& curve) { return curve[k]; });
  return values;
}

/// Root mean square over the pulses of the deviation of one pulse's change.
double deviation_of_steps(const std::vector<std::vector<double>>& curves) {
  double sum = 0.0;
  const std::size_t pulses = curves.front().size() - 1;
  for (std::size_t k = 0; k < pulses; ++k) {
    std::vector<double> steps;
    std::ranges::transform(curves, std::back_inserter(steps),
                           [k](const auto& curve) { return curve[k + 1] - curve[k]; });
    const double of_pulse = deviation(steps);
    sum += of_pulse * of_pulse;
  }
  return std::sqrt(sum / static_cast<double>(pulses));
}

/// The first pulse of the train back, or the number of pulses if there is none.
std::size_t turning_point(const device::Pulse& pulse, std::size_t pulses) {
  return pulse.depression != 0.0 ? pulses / 2 : pulses;
}

void write_trains(results::Results& results, std::size_t v, const Indices& ensemble, const study::DevicePlan& plan) {
  namespace table = variant_table;
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto& pulse = plan.cases[ensemble.front()].pulse;
  const auto curves = curves_of(device, plan, with_one_wall(device, ensemble));
  if (curves.empty() || curves.front().size() < 2) {
    return;
  }
  std::vector<double> curve;
  std::vector<double> spread;
  for (std::size_t k = 0; k < curves.front().size(); ++k) {
    const auto values = at_pulse(curves, k);
    curve.push_back(mean(values));
    spread.push_back(deviation(values));
  }
  const auto [low, high] = std::minmax_element(curve.begin(), curve.end());
  results[table::start_conductance].at(v).write(curve.front());
  results[table::pulse_conductance].at(v).write(std::vector(curve.begin() + 1, curve.end()));
  results[table::on_off_ratio].at(v).write(*high / *low);
  // The train, and the one back if there is one: each from its start.
  const std::size_t there = turning_point(pulse, curve.size() - 1);
  const bool is_back = pulse.depression != 0.0;
  const std::span<const double> whole(curve);
  for (const auto& train : {whole.first(there + 1), is_back ? whole.subspan(there) : whole.first(1)}) {
    if (const auto label = analysis::nonlinearity(train)) {
      const auto& variable =
          train.back() > train.front() ? table::potentiation_nonlinearity : table::depression_nonlinearity;
      results[variable].at(v).write(*label);
    }
  }
  if (is_back) {
    results[table::asymmetry].at(v).write(
        analysis::asymmetry(whole.first(there + 1), whole.subspan(there)).value_or(not_a_number));
  }
  if (plan.base.thermal.realizations > 1) {
    results[table::pulse_conductance_deviation].at(v).write(std::vector(spread.begin() + 1, spread.end()));
    results[table::cycle_to_cycle].at(v).write(deviation_of_steps(curves) / (*high - *low));
  }
}

void add_jumps(const std::vector<std::vector<double>>& curves, std::size_t first, std::size_t last, TrainJumps& jumps) {
  double change = 0.0;
  for (const auto& curve : curves) {
    change += curve[last] - curve[first];
  }
  auto& list = change > 0.0 ? jumps.increasing : jumps.decreasing;
  for (const auto& curve : curves) {
    for (std::size_t k = first; k < last; ++k) {
      list.push_back({curve[k], curve[k + 1] - curve[k]});
    }
  }
}

/// Of the realisations of a case, all of which are done.
TrainJumps jumps_of_ensemble(const results::Results& results, const Indices& ensemble) {
  const study::DevicePlan& plan = results.study().weights();
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto curves = curves_of(device, plan, with_one_wall(device, ensemble));
  TrainJumps jumps;
  if (curves.empty() || curves.front().size() < 3) {
    return jumps;
  }
  const std::size_t pulses = curves.front().size() - 1;
  const std::size_t turn = turning_point(plan.cases[ensemble.front()].pulse, pulses);
  add_jumps(curves, 0, turn, jumps);
  if (turn < pulses) {
    add_jumps(curves, turn, pulses, jumps);
  }
  return jumps;
}

analysis::JumpTable jump_table_over(const std::vector<analysis::Jump>& jumps,
                                    std::optional<analysis::ConductanceRange> range) {
  // Enough for a distribution, few enough to tell conductances apart.
  constexpr std::size_t size = 101;
  const auto neighbours = std::max<std::size_t>(20, jumps.size() / 20);
  return analysis::jump_table(jumps, size, neighbours, range);
}

void write_jumps(results::Results& results, std::size_t v, const Indices& ensemble) {
  namespace table = variant_table;
  const TrainJumps jumps = jumps_of_ensemble(results, ensemble);
  for (const auto& [direction, list] :
       {std::pair(std::uint64_t{0}, &jumps.increasing), {std::uint64_t{1}, &jumps.decreasing}}) {
    if (list->empty()) {
      continue;
    }
    const auto statistics = analysis::jump_statistics(jump_table_of(*list));
    results[table::jump_pulses].at(v, direction).write(statistics.pulses);
    results[table::jump_cycle_to_cycle].at(v, direction).write(statistics.cycle_to_cycle);
    results[table::jump_wrong_sign].at(v, direction).write(statistics.wrong_sign);
  }
}

/// Of the ensembles of a variant, that of the largest current density of either sign.
const Indices& strongest(const std::vector<Indices>& ensembles, const study::DevicePlan& plan) {
  return *std::ranges::max_element(ensembles, {}, [&](const Indices& ensemble) {
    return std::abs(plan.cases[ensemble.front()].pulse.current_density);
  });
}

void write_neurons(results::Results& results) {
  const study::DevicePlan& plan = results.study().neurons();
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto status = device.statuses(case_table::status);
  const auto list = variants(plan);
  for (std::size_t v = 0; v < list.size(); ++v) {
    if (!all_done(status, list[v].cases)) {
      continue;
    }
    const auto of_variant = ensembles(plan, list[v]);
    for (std::size_t c = 0; c < of_variant.size(); ++c) {
      const auto conductance = kept_of(device, case_table::final_conductance, with_one_wall(device, of_variant[c]));
      results[variant_table::mean_neuron_conductance].at(v, c).write(mean(conductance));
      results[variant_table::neuron_conductance_deviation].at(v, c).write(deviation(conductance));
    }
  }
}

void write_synapses(results::Results& results) {
  const study::DevicePlan& plan = results.study().weights();
  const bool has_trains = std::ranges::any_of(
      plan.cases, [](const device::DeviceParameters& p) { return device::reading_count(p.pulse) > 1; });
  const bool has_ensembles = plan.base.thermal.realizations > 1;
  if (!has_trains && !has_ensembles) {
    return;
  }
  const auto status = results.of(*plan.base.kind).statuses(case_table::status);
  const auto list = variants(plan);
  for (std::size_t v = 0; v < list.size(); ++v) {
    if (!all_done(status, list[v].cases)) {
      continue;
    }
    const auto of_variant = ensembles(plan, list[v]);
    if (has_ensembles) {
      write_ensembles(results, v, of_variant, plan);
    }
    if (has_trains) {
      write_trains(results, v, strongest(of_variant, plan), plan);
      write_jumps(results, v, strongest(of_variant, plan));
    }
  }
}

}  // namespace

TrainJumps jumps_of(const results::Results& results, std::size_t variant) {
  const study::DevicePlan& plan = results.study().weights();
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto list = variants(plan);
  if (!all_done(device.statuses(case_table::status), list.at(variant).cases)) {
    return {};
  }
  return jumps_of_ensemble(results, strongest(ensembles(plan, list[variant]), plan));
}

analysis::JumpTable jump_table_of(const std::vector<analysis::Jump>& jumps) {
  return jump_table_over(jumps, {});
}

ExportedTables exported_tables(const TrainJumps& jumps) {
  std::vector<analysis::Jump> all(jumps.increasing);
  all.insert(all.end(), jumps.decreasing.begin(), jumps.decreasing.end());
  const auto [low, high] = std::ranges::minmax(all, {}, &analysis::Jump::conductance);
  const auto table = [range = analysis::ConductanceRange{low.conductance, high.conductance}](const auto& list) {
    return list.empty() ? std::nullopt : std::optional(jump_table_over(list, range));
  };
  return {table(jumps.increasing), table(jumps.decreasing)};
}

void write_pulse_statistics(results::Results& results, const parallel::Communicator& communicator) {
  parallel::on_root(communicator, [&] {
    if (!results.study().weights().cases.empty()) {
      write_synapses(results);
    }
    if (!results.study().neurons().cases.empty() && results.study().neurons().base.thermal.realizations > 1) {
      write_neurons(results);
    }
    results.file().sync();
  });
}

}  // namespace spinsweep::characterization
