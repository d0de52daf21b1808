#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "base/stopwatch.hpp"
#include "network/scheme.hpp"
#include "parallel/on_root.hpp"
#include "store/case_status.hpp"
#include "training/network_estimate.hpp"
#include "training/network_runs.hpp"
#include "training/network_table.hpp"

// What NetworkRuns does with one network and one synapse.

namespace spinsweep::training {

using network::Mlp;
using network::Placement;

namespace {

/// By the name of the scheme; none for a scheme that needs no levels.
using Placements = std::map<std::string_view, Placement>;

Placements placements_of_schemes(const Mlp<float>& baseline, const network::DeviceLevels& device,
                                 const network::Mapping& mapping, const network::NetworkSettings& settings) {
  Placements placements;
  for (const network::Scheme* scheme : network::schemes()) {
    if (auto placement = scheme->place(baseline, device, mapping, settings)) {
      placements.emplace(scheme->name(), std::move(*placement));
    }
  }
  return placements;
}

/// Largest |weight| of a layer, or what its levels can reach if that is more. The same for all schemes of a run, so
/// that their histograms can be compared.
double histogram_range(const Mlp<float>& model, const Placements& placements, int layer) {
  double range = 0.0;
  for (const float weight : model.weights(layer)) {
    range = std::max(range, std::abs(static_cast<double>(weight)));
  }
  for (const auto& [scheme, placement] : placements) {
    for (const auto& [low, high] : placement.layers()[static_cast<std::size_t>(layer)].ranges) {
      range = std::max({range, std::abs(static_cast<double>(low)), std::abs(static_cast<double>(high))});
    }
  }
  return range;
}

}  // namespace

/// What the schemes of a run share.
struct NetworkRuns::Run {
  const LoadedDataSet& set;
  RunIndex index;
  std::uint64_t seed;
  Mlp<float> baseline;
  std::vector<double> baseline_loss;  ///< [epoch], on the group's first rank
  Placements placements;
  std::vector<double> histogram_ranges;  ///< [layer]
  RunRows rows;

  /// "variant 0 neuron 2 seed 1 max_abs"
  std::string name;
};

std::vector<network::Reading> NetworkRuns::readings_of(const study::Study& study) {
  std::vector<network::Reading> readings;
  for (const auto& variant : variants(study.weights())) {
    const device::Read& read = study.weights().cases[variant.cases.front()].read;
    readings.push_back({.voltage = read.voltage, .duration = read.duration});
  }
  return readings;
}

std::vector<bool> NetworkRuns::schemes_done(const RunIndex& index) const {
  const auto status = parallel::of_root(group_, [&] { return results_[network_table::status].at(index).read(); });
  std::vector<bool> done;
  done.reserve(status.size());
  for (const std::int8_t value : status) {
    done.push_back(says(value, store::CaseStatus::done));
  }
  return done;
}

void NetworkRuns::put_on_device(const LoadedDataSet& set, const std::vector<double>& conductances,
                                const RunIndex& index) {
  const std::vector<bool> done = schemes_done(index);
  const BaselineRows baseline_rows(results_, {index[1], index[2], index[3]});
  if (!ask([&] { return baseline_rows.is_done(); })) {
    // The failure of the baseline has been reported.
    write([&] {
      RunRows rows(results_, index, settings_);
      for (const std::string& scheme : settings_.schemes) {
        rows.mark(scheme, store::CaseStatus::failed);
      }
    });
    return;
  }
  const Mlp<float> baseline = load_baseline({index[1], index[2], index[3]});
  const std::string& mapping = settings_.mapping[index[4]];
  Run run{.set = set,
          .index = index,
          .seed = seed_of(index[3]),
          .baseline = baseline,
          .baseline_loss = {},
          .placements = placements_of_schemes(baseline, network::DeviceLevels(conductances), network::Mapping(mapping),
                                              settings_),
          .histogram_ranges = {},
          .rows = RunRows(results_, index, settings_),
          .name = fmt::format("variant {} neuron {} seed {} {}", index[0], index[1], seed_of(index[3]), mapping)};
  write([&] { run.baseline_loss = baseline_rows.loss(settings_.epochs); });
  for (int layer = 0; layer < baseline.layers(); ++layer) {
    run.histogram_ranges.push_back(histogram_range(baseline, run.placements, layer));
  }
  for (std::size_t s = 0; s < settings_.schemes.size(); ++s) {
    if (!done[s]) {
      run_scheme(run, settings_.schemes[s]);
    }
  }
}

void NetworkRuns::run_scheme(const Run& run, const std::string& name) {
  RunRows rows = run.rows;
  const double cost = estimated_scheme_seconds(settings_, name);
  const auto placement = run.placements.find(name);
  const network::SchemeInput input{.settings = settings_,
                                   .data = run.set.data,
                                   .seed = run.seed,
                                   .baseline = run.baseline,
                                   .baseline_loss = run.baseline_loss,
                                   .placement = placement == run.placements.end() ? nullptr : &placement->second,
                                   .reading = readings_[run.index[0]],
                                   .ranks = group_,
                                   .train_further =
                                       [&](Mlp<float>& model, const Placement* levels) {
                                         auto settings = further_training(name, run.seed);
                                         settings.levels = levels;
                                         return train(model, run.set, settings,
                                                      checkpoints_.of_run(run.index, run.rows.place(name)));
                                       },
                                   .throw_if_asked_to_stop = [&] { throw_if_asked_to_stop(); }};
  track(
      run.set.data.name + " " + run.name + " " + name, cost, [&](store::CaseStatus status) { rows.mark(name, status); },
      [&] {
        const Stopwatch watch;
        const network::SchemeResult result = network::scheme_of_name(name).run(input);
        write([&] {
          rows.write(name, result, run.histogram_ranges);
          rows.commit(name, watch.seconds());
        });
        report_done(run.set, run.name + " " + name, result.evaluation.accuracy, cost);
      });
}

}  // namespace spinsweep::training
