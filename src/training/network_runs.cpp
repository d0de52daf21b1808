#include "training/network_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/jump_table_file.hpp"
#include "base/error.hpp"
#include "base/stopwatch.hpp"
#include "characterization/neuron_spread.hpp"
#include "characterization/pulse_statistics.hpp"
#include "network/make_network.hpp"
#include "network/model_file.hpp"
#include "network/safetensors.hpp"
#include "parallel/on_root.hpp"
#include "results/governed_rows.hpp"
#include "retention/level_transitions.hpp"
#include "training/device_levels.hpp"
#include "training/network_estimate.hpp"
#include "training/network_results.hpp"
#include "training/network_table.hpp"

namespace spinsweep::training {

using network::Mlp;
using network::Placement;

namespace {

/// Of the files, or of the synapse variant's own pulses where none are given. By one rank.
analysis::JumpTables jump_tables_of(const results::Results& results, const network::JumpTableFiles& files,
                                    std::size_t variant) {
  if (files.is_given()) {
    return {analysis::read_jump_table(files.increasing), analysis::read_jump_table(files.decreasing)};
  }
  const characterization::TrainJumps jumps = characterization::jumps_of(results, variant);
  if (jumps.increasing.empty() || jumps.decreasing.empty()) {
    throw SimulationError("the synapse has no pulses that raise its conductance and others that lower it");
  }
  analysis::JumpTables tables{characterization::jump_table_of(jumps.increasing),
                              characterization::jump_table_of(jumps.decreasing)};
  check_directions(tables, "increasing pulses of the synapse", "decreasing pulses of the synapse");
  return tables;
}

/// None for a deployment that needs no levels.
using Placements = std::vector<std::optional<Placement>>;

Placements placements_of(const std::vector<network::Deployment>& deployments, const Mlp<float>& baseline,
                         const network::DeviceLevels& device) {
  Placements placements;
  for (const network::Deployment& deployment : deployments) {
    const auto rule = method_of(deployment).placement_rule(deployment);
    placements.push_back(rule ? std::optional<Placement>(std::in_place, baseline, device, *rule) : std::nullopt);
  }
  return placements;
}

/// Largest |weight| of each layer, or what its levels can reach if that is more. The same for all deployments of a run,
/// so that their histograms can be compared.
std::vector<double> histogram_ranges(const Mlp<float>& model, const Placements& placements) {
  std::vector<double> ranges;
  for (int layer = 0; layer < model.layers(); ++layer) {
    double range = 0.0;
    for (const float weight : model.weights(layer)) {
      range = std::max(range, std::abs(static_cast<double>(weight)));
    }
    for (const auto& placement : placements) {
      if (!placement) {
        continue;
      }
      for (const auto& [low, high] : placement->layers()[static_cast<std::size_t>(layer)].ranges) {
        range = std::max({range, std::abs(static_cast<double>(low)), std::abs(static_cast<double>(high))});
      }
    }
    ranges.push_back(range);
  }
  return ranges;
}

/// The FP32 training, written like a further one.
network::FurtherTraining first_training(const network::NetworkSettings& settings) {
  return {
      .epochs = settings.epochs, .learning_rate = settings.learning_rate, .schedule = settings.learning_rate_schedule};
}

}  // namespace

/// What the deployments of a run share.
struct NetworkRuns::Run {
  const LoadedDataSet& set;
  std::size_t number;
  std::uint64_t seed;
  network::Baseline baseline;
  Placements placements;
  std::vector<double> histogram_ranges;  ///< [layer]
  std::string name;                      ///< "variant 0 neuron 2 seed 1"
  network::Reading reading;
  std::vector<network::LevelTransitions> agings;
  std::optional<network::NeuronSpread> neurons;

  struct Trained {
    Mlp<float> network;
    std::vector<double> loss;
  };
  std::map<std::size_t, Trained> trained = {};  ///< by the first deployment that has this training
};

NetworkRuns::NetworkRuns(const study::Study& study, results::Results& results, TrainingCheckpoints& checkpoints,
                         BaselineMemory& memory, engine::Worker& worker)
    : settings_(study.network),
      study_seed_(study.seed),
      readings_(readings_of(study)),
      deployment_costs_(estimated_deployment_seconds(study)),
      checkpoint_interval_(study.run.checkpoint_interval),
      results_(results),
      checkpoints_(checkpoints),
      memory_(memory),
      worker_(worker),
      group_(worker.group().communicator()) {}

store::Extent NetworkRuns::index_of_baseline(std::size_t baseline) const {
  return results::index_of(baseline, results_[baseline_table::status].shape());
}

store::Extent NetworkRuns::index_of_deployment(std::size_t run, std::size_t deployment) const {
  return results::index_of(run * settings_.deployments.size() + deployment, results_[network_table::status].shape());
}

std::uint64_t NetworkRuns::seed_of(const store::Extent& baseline) const {
  return static_cast<std::uint64_t>(study_seed_) + baseline.at(baseline.size() - 1);
}

network::TrainingSettings NetworkRuns::settings_of(const network::FurtherTraining& training, std::uint64_t seed,
                                                   std::size_t number) {
  return {.epochs = training.epochs,
          .batch_size = settings_.batch_size,
          .learning_rate = training.learning_rate,
          .seed = seed + training.seed_offset,
          .schedule = training.schedule,
          .label_smoothing = settings_.label_smoothing,
          .dropout = settings_.dropout,
          .should_stop = [this] { return worker_.stop_requested(); },
          .save = [this, number](const network::TrainingState& reached) { checkpoints_.save(number, reached); },
          .checkpoint_interval = checkpoint_interval_};
}

std::vector<double> NetworkRuns::train(Mlp<float>& model, const LoadedDataSet& set,
                                       const network::FurtherTraining& training, std::uint64_t seed, std::size_t number,
                                       const Placement* levels, const std::optional<network::DeviceNoise>& noise) {
  const auto state = checkpoints_.take(number, group_);
  network::TrainingSettings settings = settings_of(training, seed, number);
  settings.levels = levels;
  settings.noise = noise ? &*noise : nullptr;
  settings.resume = state ? &*state : nullptr;
  return network::train(model, set.train, settings, group_);
}

network::InSituTraining NetworkRuns::train_in_situ(Mlp<float>& model, const Run& run, std::size_t deployment) {
  const network::Deployment& chosen = settings_.deployments[deployment];
  const network::InSituSettings& how = chosen.settings.in_situ;
  const std::size_t number = checkpoints_.of_run(run.number, deployment);
  const auto tables = parallel::of_root(group_, [&] {
    return jump_tables_of(results_, chosen.settings.jump_table, index_of_deployment(run.number, deployment)[0]);
  });
  network::InSituTraining training{
      .loss = {}, .devices = pulsed_devices(run.baseline.network, chosen, tables), .trained = {}};
  network::TrainingState finished;
  const auto state = checkpoints_.take(number, group_);
  network::TrainingSettings settings = settings_of(
      {.epochs = how.epochs, .learning_rate = how.learning_rate, .schedule = how.schedule, .seed_offset = 3'000'000},
      run.seed, number);
  settings.pulsed = &training.devices;
  settings.resume = state ? &*state : nullptr;
  settings.finish = [&](const network::TrainingState& reached) { finished = reached; };
  training.loss = network::train(model, run.set.train, settings, group_);
  training.trained.conductances = parallel::of_root(group_, [&] {
    std::vector<float> both(finished.mean.begin(), finished.mean.end());
    both.insert(both.end(), finished.square.begin(), finished.square.end());
    return both;
  });
  const auto pulses = static_cast<double>(parallel::broadcast(finished.pulses, group_));
  training.trained.pulses_per_device =
      pulses / static_cast<double>(network::pulse_unit) / static_cast<double>(device_count(training.devices, model));
  return training;
}

void NetworkRuns::write(const std::function<void()>& work) const {
  parallel::on_root(group_, work);
}

bool NetworkRuns::track(const LoadedDataSet& set, const std::string& what, double cost,
                        results::Cells<std::int8_t> status, const std::function<double()>& work) {
  const std::string name = set.data.name + " " + what;
  const auto mark = [&](store::CaseStatus value) { write([&] { status.mark(value); }); };
  return worker_.run({.name = name,
                      .cost = cost,
                      .mark = mark,
                      .fail = [&](const std::string& /*reason*/) { mark(store::CaseStatus::failed); }},
                     [&] { worker_.report_done(fmt::format("{}, {:.2f} %", name, 100.0 * work()), cost); });
}

bool NetworkRuns::train_baseline(const LoadedDataSet& set, const std::vector<double>& activation,
                                 std::size_t baseline) {
  const store::Extent index = index_of_baseline(baseline);
  const std::uint64_t seed = seed_of(index);
  return track(
      set, fmt::format("neuron {} seed {} trained in FP32", index[0], seed),
      estimated_training_seconds(settings_, settings_.epochs), results_[baseline_table::status].at(index), [&] {
        const Stopwatch watch;
        network::Baseline trained{make_network(settings_, set.data.shape(), activation), {}, {}};
        if (settings_.model_file.empty()) {
          trained.network.initialize(seed);
          trained.loss = train(trained.network, set, first_training(settings_), seed, checkpoints_.baseline(baseline));
        } else {
          network::read_safetensors(settings_.model_file, trained.network);
        }
        trained.evaluation = network::evaluate(trained.network, set.data.test, set.data.classes, group_);
        const std::string model = network::save_model(trained.network);
        memory_.keep(baseline, {model, trained.loss, trained.evaluation.accuracy, trained.evaluation.confusion});
        write([&] { write_baseline(results_, index, trained, model, set.data.test, watch.seconds()); });
        return trained.evaluation.accuracy;
      });
}

network::Baseline NetworkRuns::baseline(const LoadedDataSet& set, std::size_t number) {
  const auto stored = parallel::of_root(group_, [&] {
    if (const StoredBaseline* kept = memory_.find(number)) {
      return *kept;
    }
    const store::Extent index = index_of_baseline(number);
    const auto size = results_[baseline_table::model_size].at(index).value();
    const auto bytes = results_[baseline_table::model].at(index).first(static_cast<std::uint64_t>(size));
    return StoredBaseline{
        .model = {bytes.begin(), bytes.end()},
        .loss = results_[baseline_table::loss].at(index).first(static_cast<std::uint64_t>(settings_.epochs))};
  });
  network::Baseline trained{network::load_model(stored.model), stored.loss, {stored.accuracy, stored.confusion}};
  if (stored.confusion.empty()) {
    trained.evaluation = network::evaluate(trained.network, set.data.test, set.data.classes, group_);
    memory_.keep(number, {stored.model, stored.loss, trained.evaluation.accuracy, trained.evaluation.confusion});
  }
  return trained;
}

void NetworkRuns::train_control(const LoadedDataSet& set, std::size_t baseline, std::size_t control) {
  const store::Extent index = index_of_baseline(baseline);
  const std::uint64_t seed = seed_of(index);
  const network::FurtherTraining further = controls_of(settings_.deployments)[control];
  const auto cells = [&](const auto& variable) { return results_[variable].at(index).at(control); };
  track(set,
        fmt::format("neuron {} seed {} trained further as the control of {}", index[0], seed,
                    control_names(settings_.deployments)[control]),
        estimated_training_seconds(settings_, further.epochs), cells(baseline_table::control_status), [&] {
          const Stopwatch watch;
          Mlp<float> model = this->baseline(set, baseline).network;
          const auto loss = train(model, set, further, seed, checkpoints_.control(baseline, control));
          const double accuracy = network::evaluate(model, set.data.test, set.data.classes, group_).accuracy;
          write([&] {
            cells(baseline_table::control_loss).write(loss);
            cells(baseline_table::control_accuracy).write(accuracy);
            cells(baseline_table::control_wall_time).write(watch.seconds());
            cells(baseline_table::control_status).commit(store::CaseStatus::done);
          });
          return accuracy;
        });
}

void NetworkRuns::fail(std::size_t run, const std::vector<std::size_t>& deployments) {
  write([&] {
    for (const std::size_t deployment : deployments) {
      results_[network_table::status].at(index_of_deployment(run, deployment)).mark(store::CaseStatus::failed);
    }
  });
}

std::vector<network::LevelTransitions> NetworkRuns::agings(std::size_t variant,
                                                           const std::vector<double>& conductances) const {
  return parallel::of_root(group_, [&] {
    const bool is_known = network_table::aging_count(results_.study()) > 0 &&
                          results_.statuses(retention::retention_table::status)[variant] == store::CaseStatus::done;
    return is_known ? retention::level_transitions(results_, variant, conductances)
                    : std::vector<network::LevelTransitions>();
  });
}

std::optional<network::NeuronSpread> NetworkRuns::neurons_of(std::size_t neuron) const {
  const bool is_asked_for = std::ranges::any_of(settings_.deployments, [](const network::Deployment& deployment) {
    return deployment.settings.noise.neurons == network::NeuronNoiseSource::simulated;
  });
  if (!is_asked_for) {
    return std::nullopt;
  }
  return parallel::of_root(group_, [&] { return characterization::neuron_spread(results_, neuron); });
}

void NetworkRuns::put_on_device(const LoadedDataSet& set, const std::vector<double>& conductances, std::size_t run,
                                const std::vector<std::size_t>& deployments) {
  const store::Extent index = index_of_deployment(run, 0);
  const std::uint64_t seed = seed_of({index.begin(), index.end() - 1});
  network::Baseline trained = baseline(set, run % checkpoints_.baselines());
  Placements placements =
      placements_of(settings_.deployments, trained.network, levels_of(conductances, index[0], results_, group_));
  auto ranges = histogram_ranges(trained.network, placements);
  Run shared{.set = set,
             .number = run,
             .seed = seed,
             .baseline = std::move(trained),
             .placements = std::move(placements),
             .histogram_ranges = std::move(ranges),
             .name = fmt::format("variant {} neuron {} seed {}", index[0], index[1], seed),
             .reading = readings_[index[0]],
             .agings = agings(index[0], conductances),
             .neurons = neurons_of(index[1])};
  for (const std::size_t deployment : deployments) {
    deploy(shared, deployment);
  }
}

void NetworkRuns::deploy(Run& run, std::size_t deployment) {
  const network::Deployment& settings = settings_.deployments[deployment];
  const std::size_t training = training_of(settings_.deployments, deployment);
  const network::MethodInput input{
      .deployment = settings,
      .device_samples = settings_.device_samples,
      .data = run.set.data,
      .seed = run.seed,
      .baseline = run.baseline,
      .placement = run.placements[deployment] ? &*run.placements[deployment] : nullptr,
      .reading = run.reading,
      .agings = run.agings,
      .neurons = run.neurons ? &*run.neurons : nullptr,
      .ranks = group_,
      .train_further =
          [&](Mlp<float>& model, const Placement* levels) {
            auto known = run.trained.find(training);
            if (known == run.trained.end()) {
              const auto further = further_training_of(settings).value();
              auto loss = train(model, run.set, further, run.seed, checkpoints_.of_run(run.number, deployment), levels,
                                method_of(settings).training_noise(settings.settings));
              known = run.trained.emplace(training, Run::Trained{model, std::move(loss)}).first;
            }
            model = known->second.network;
            return known->second.loss;
          },
      .train_in_situ = [&](Mlp<float>& model) { return train_in_situ(model, run, deployment); },
      .throw_if_asked_to_stop = [&] { worker_.throw_if_stopped(); }};
  const store::Extent index = index_of_deployment(run.number, deployment);
  track(run.set, run.name + " " + settings.name, deployment_costs_[deployment],
        results_[network_table::status].at(index), [&] {
          const Stopwatch watch;
          const network::MethodResult result = method_of(settings).run(input);
          write([&] {
            write_deployment(results_, index, result, input.placement, run.histogram_ranges, watch.seconds());
          });
          return result.evaluation.accuracy;
        });
}

}  // namespace spinsweep::training
