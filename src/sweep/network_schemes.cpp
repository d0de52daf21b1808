#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "network/bias_correction.hpp"
#include "network/synapse_energy.hpp"
#include "store/case_status.hpp"
#include "sweep/network_estimate.hpp"
#include "sweep/network_runs.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/stopwatch.hpp"

// What NetworkRuns does with one network and one synapse.

namespace spinsweep::sweep {

using network::Mlp;
using network::Placement;

namespace {

network::DeviceVariation variation_of(const network::NetworkSettings& settings) {
  return {.device_spread = settings.device_spread,
          .programming_error = settings.programming_error,
          .read_noise = settings.read_noise,
          .relative = settings.conductance_error == "relative",
          .stuck_devices = settings.stuck_devices,
          .retention_drift = settings.retention_drift};
}

/// Largest |weight| of a layer, or what its levels can reach if that is more.
double histogram_range(const Mlp<float>& model, const std::vector<const Placement*>& placements, int layer) {
  double range = 0.0;
  for (const float weight : model.weights(layer)) {
    range = std::max(range, std::abs(static_cast<double>(weight)));
  }
  for (const Placement* placement : placements) {
    for (const auto& [low, high] : placement->layers()[static_cast<std::size_t>(layer)].ranges) {
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
  Placement placement;  ///< of ptq and fine_tuned
  Placement on_level;
  std::vector<double> histogram_ranges;
  RunRows rows;

  /// "variant 0 neuron 2 seed 1 max_abs"
  std::string name;

  [[nodiscard]] network::Evaluation evaluate(const Mlp<float>& model, const parallel::Communicator& group) const {
    return network::evaluate(model, set.data.test, set.data.classes, group);
  }
};

std::vector<network::Reading> NetworkRuns::readings_of(const study::Study& study) {
  std::vector<network::Reading> readings;
  for (const auto& variant : variants(study.synapse)) {
    const device::Read& read = study.synapse.cases[variant.cases.front()].read;
    readings.push_back({.voltage = read.voltage, .duration = read.duration});
  }
  return readings;
}

std::vector<bool> NetworkRuns::schemes_done(const RunIndex& index) const {
  std::vector<std::int8_t> status(settings_.schemes.size());
  write([&] {
    store::Extent start(index.begin(), index.end());
    store::Extent count(index.size(), 1);
    start.push_back(0);
    count.push_back(status.size());
    status = file_.read<std::int8_t>("/network/status", start, count);
  });
  MPI_Bcast(status.data(), static_cast<int>(status.size()), MPI_INT8_T, 0, group_.get());
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
  const BaselineIndex baseline_index = {index[1], index[2], index[3]};
  if (!ask([&] { return BaselineRows(file_, baseline_index).is_done(); })) {
    // Its own failure has been told.
    write([&] {
      RunRows rows(file_, index, settings_);
      for (const std::string& scheme : settings_.schemes) {
        rows.mark(scheme, store::CaseStatus::failed);
      }
    });
    return;
  }
  const Mlp<float> baseline = load_baseline(baseline_index);
  const network::Mapping mapping(settings_.mapping[index[4]]);
  // Whoever trains on levels chooses the range that suits training, and leaves no layer and no bias off them.
  network::Mapping on_level_mapping = mapping;
  on_level_mapping.rule = network::Mapping::Rule::mean_square;
  on_level_mapping.first_layer = false;
  const network::Biases biases = network::biases_of_name(settings_.biases);
  const network::Biases on_level_biases = biases == network::Biases::free ? network::Biases::own_scale : biases;
  const network::DeviceLevels device(conductances);
  Run run{.set = set,
          .index = index,
          .seed = seed_of(index[3]),
          .baseline = baseline,
          .placement = Placement(baseline, device, mapping, settings_.percentile, biases),
          .on_level = Placement(baseline, device, on_level_mapping, settings_.percentile, on_level_biases),
          .histogram_ranges = {},
          .rows = RunRows(file_, index, settings_),
          .name = fmt::format("variant {} neuron {} seed {} {}", index[0], index[1], seed_of(index[3]),
                              settings_.mapping[index[4]])};
  for (int layer = 0; layer < baseline.layers(); ++layer) {
    run.histogram_ranges.push_back(histogram_range(baseline, {&run.placement, &run.on_level}, layer));
  }
  for (std::size_t s = 0; s < settings_.schemes.size(); ++s) {
    if (!done[s]) {
      run_scheme(run, baseline_index, settings_.schemes[s]);
    }
  }
}

void NetworkRuns::run_scheme(const Run& run, const BaselineIndex& baseline_index, const std::string& scheme) {
  RunRows rows = run.rows;
  const double cost = estimated_scheme_seconds(settings_, scheme);
  track(
      run.set.data.name + " " + run.name + " " + scheme, cost,
      [&](store::CaseStatus status) { rows.mark(scheme, status); },
      [&] {
        const Stopwatch watch;
        double accuracy = 0.0;
        if (scheme == "fp32") {
          const auto evaluation = run.evaluate(run.baseline, group_);
          accuracy = evaluation.accuracy;
          write([&] {
            rows.write(scheme, run.baseline, evaluation, BaselineRows(file_, baseline_index).loss(settings_.epochs),
                       run.histogram_ranges);
          });
        } else if (scheme == "ptq") {
          accuracy = quantize(run);
        } else if (scheme == "fine_tuned") {
          accuracy = fine_tune(run);
        } else {
          accuracy = train_on_levels(run);
        }
        write([&] { rows.commit(scheme, watch.seconds()); });
        tell(run.set, run.name + " " + scheme, accuracy, cost);
      });
}

std::vector<double> NetworkRuns::chip_accuracies(const Run& run, const Mlp<float>& model, const Placement& placement,
                                                 std::optional<int> only_layer) const {
  std::vector<double> accuracies;
  for (int chip = 0; chip < settings_.chips; ++chip) {
    throw_if_asked_to_stop();
    const network::Chip drawn(model, placement, variation_of(settings_), run.seed, static_cast<std::uint32_t>(chip),
                              only_layer);
    accuracies.push_back(drawn.evaluate(run.set.data.test, run.set.data.classes, group_).accuracy);
  }
  return accuracies;
}

void NetworkRuns::write_device_rows(const Run& run, const std::string& scheme, const Mlp<float>& model,
                                    const Mlp<float>& on_device, const Placement& placement) {
  std::vector<std::int32_t> used;
  std::vector<std::int32_t> available;
  for (int layer = 0; layer < model.layers(); ++layer) {
    used.push_back(placement.holds(model) ? placement.levels_used(model, layer) : 0);
    available.push_back(placement.levels_available(layer));
  }
  const auto chips = chip_accuracies(run, on_device, placement);
  write([&] {
    RunRows rows = run.rows;
    rows.write_levels(scheme, used, available);
    rows.write_inference_energy(
        scheme, network::inference_energy(on_device, placement, readings_[run.index[0]], run.set.data.test));
    if (!chips.empty()) {
      rows.write_chip_accuracies(scheme, chips);
    }
  });
}

double NetworkRuns::quantize(const Run& run) {
  Mlp<float> model = run.baseline;
  run.placement.snap(model);
  const auto evaluation = run.evaluate(model, group_);
  write([&] { RunRows(run.rows).write("ptq", model, evaluation, {}, run.histogram_ranges); });
  write_device_rows(run, "ptq", model, model, run.placement);
  for (int layer = 0; layer < model.layers(); ++layer) {
    throw_if_asked_to_stop();
    Mlp<float> one_layer = run.baseline;
    run.placement.snap_layer(one_layer, layer);
    const double accuracy = run.evaluate(one_layer, group_).accuracy;
    const auto perturbed = chip_accuracies(run, model, run.placement, layer);
    write([&] {
      RunRows rows = run.rows;
      rows.write_layer_accuracy(layer, accuracy);
      if (!perturbed.empty()) {
        rows.write_layer_chip_accuracies(layer, perturbed);
      }
    });
  }
  return evaluation.accuracy;
}

double NetworkRuns::fine_tune(const Run& run) {
  Mlp<float> model = run.baseline;
  run.placement.snap(model);
  if (settings_.fine_tune_start == "bias_corrected") {
    network::correct_biases(model, run.baseline, run.set.data.train);
  }
  const auto loss = train(model, run.set, further_training("fine_tuned", run.seed),
                          checkpoints_.of_run(run.index, run.rows.place("fine_tuned")));
  const auto evaluation = run.evaluate(model, group_);
  Mlp<float> snapped = model;
  run.placement.snap(snapped);
  const double snapped_accuracy = run.evaluate(snapped, group_).accuracy;
  write([&] {
    RunRows rows = run.rows;
    rows.write("fine_tuned", model, evaluation, loss, run.histogram_ranges);
    rows.write_snapped_accuracy(snapped_accuracy);
  });
  // Free weights are no conductances of any device; those they are put back on are.
  write_device_rows(run, "fine_tuned", model, snapped, run.placement);
  return evaluation.accuracy;
}

double NetworkRuns::train_on_levels(const Run& run) {
  Mlp<float> model = run.baseline;
  auto settings = further_training("qat", run.seed);
  settings.levels = &run.on_level;
  const auto loss = train(model, run.set, settings, checkpoints_.of_run(run.index, run.rows.place("qat")));
  if (!run.on_level.holds(model)) {
    throw Error("a network that was trained on its levels has left them");
  }
  const auto evaluation = run.evaluate(model, group_);
  write([&] { RunRows(run.rows).write("qat", model, evaluation, loss, run.histogram_ranges); });
  write_device_rows(run, "qat", model, model, run.on_level);
  return evaluation.accuracy;
}

}  // namespace spinsweep::sweep
