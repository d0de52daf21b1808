#include "training/network_stage.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "parallel/agree.hpp"
#include "parallel/on_root.hpp"
#include "retention/retention_table.hpp"
#include "store/case_status.hpp"
#include "study/network_devices.hpp"
#include "training/network_estimate.hpp"
#include "training/network_runs.hpp"
#include "training/network_table.hpp"

namespace spinsweep::training {

namespace {

bool is_done(store::CaseStatus status) {
  return status == store::CaseStatus::done;
}

/// What is not done of one network: of an FP32 network itself (piece 0) and its controls (1, 2, ...), or the
/// deployments of a run.
struct NetworkTask {
  std::size_t network = 0;
  std::vector<std::size_t> pieces;
};

struct OpenNetworks {
  std::vector<NetworkTask> meaning;  ///< by Task::number
  engine::Workload workload;

  /// The task that the next pieces belong to.
  void begin(std::size_t network, std::size_t data_set) {
    workload.tasks.push_back({.number = meaning.size(), .needs = data_set});
    meaning.push_back({network, {}});
  }

  /// Unless it is done. What was interrupted without a checkpoint, as evaluations are, is resumed first too.
  void add_piece(std::size_t piece, store::CaseStatus status, double cost, bool has_checkpoint) {
    if (is_done(status)) {
      return;
    }
    engine::Task& task = workload.tasks.back();
    ++workload.pieces;
    task.cost += cost;
    task.has_checkpoint = task.has_checkpoint || has_checkpoint || status == store::CaseStatus::interrupted;
    meaning.back().pieces.push_back(piece);
  }

  /// Takes the task back if it has got no pieces.
  void end() {
    if (meaning.back().pieces.empty()) {
      workload.tasks.pop_back();
      meaning.pop_back();
    }
  }
};

/// Of each deployment of each run: whether it was put on a device whose retention was not known yet, but is now.
/// Collective.
std::vector<std::int8_t> lack_retention(const results::Results& results, const parallel::Communicator& communicator) {
  return parallel::of_root(communicator, [&results] {
    std::vector<std::int8_t> lacking(results.statuses(network_table::status).size(), 0);
    if (network_table::aging_count(results.study()) > 0) {
      const auto variants = results.statuses(retention::retention_table::status);
      const auto written = results[network_table::device_sample_accuracy].read();
      const auto retained = results[network_table::retained_accuracy].read();
      for (std::size_t k = 0; k < lacking.size(); ++k) {
        lacking[k] = static_cast<std::int8_t>(is_done(variants[k / (lacking.size() / variants.size())]) &&
                                              !std::isnan(written[k * (written.size() / lacking.size())]) &&
                                              std::isnan(retained[k * (retained.size() / lacking.size())]));
      }
    }
    return lacking;
  });
}

/// Of each synapse variant: whether its networks have to wait until its retention has been looked for.
std::vector<bool> wait_for_retention(const results::Results& results) {
  std::vector<bool> wait(weight_variant_count(results.study()), false);
  if (network_table::aging_count(results.study()) > 0) {
    const auto status = results.statuses(retention::retention_table::status);
    std::transform(status.begin(), status.end(), wait.begin(),
                   [](auto each) { return !is_done(each) && each != store::CaseStatus::failed; });
  }
  return wait;
}

/// Runs with a deployment that is not done, and what they need: baselines that are not done, or have no control yet.
struct NetworkPlan {
  OpenNetworks baselines;
  OpenNetworks runs;
};

NetworkPlan plan_tasks(const study::Study& study, const characterization::VariantCurves& curves,
                       const results::Results& results, const std::vector<bool>& waits,
                       const std::vector<std::int8_t>& lacks_retention, const TrainingCheckpoints& checkpoints) {
  const auto& settings = study.network;
  const auto controls = controls_of(settings.deployments);
  const auto deployment_costs = estimated_deployment_seconds(study);
  const auto run_status = results.statuses(network_table::status);
  const auto baseline_status = results.statuses(baseline_table::status);
  const auto control_status = control_statuses(results);
  const std::size_t baselines = baseline_status.size();
  const std::size_t of_neuron = baselines / curves.activations.size();
  const auto seeds = static_cast<std::size_t>(settings.seeds);
  NetworkPlan plan;
  for (OpenNetworks* open : {&plan.baselines, &plan.runs}) {
    open->workload.preparation_costs.assign(settings.datasets.size(), 0.0);
  }
  for (std::size_t b = 0; b < baselines; ++b) {
    if (curves.activations[b / of_neuron].empty()) {
      continue;
    }
    const std::size_t data_set = b % of_neuron / seeds;
    const std::size_t runs_before = plan.runs.meaning.size();
    for (std::size_t v = 0; v < curves.levels.size(); ++v) {
      if (curves.levels[v].size() < 2 || waits[v]) {
        continue;
      }
      const std::size_t run = v * baselines + b;
      plan.runs.begin(run, data_set);
      for (std::size_t d = 0; d < deployment_costs.size(); ++d) {
        const std::size_t place = run * deployment_costs.size() + d;
        plan.runs.add_piece(d, lacks_retention[place] != 0 ? store::CaseStatus::waiting : run_status[place],
                            deployment_costs[d], checkpoints.has(checkpoints.of_run(run, d)));
      }
      plan.runs.end();
    }
    if (plan.runs.meaning.size() == runs_before) {
      continue;
    }
    plan.baselines.begin(b, data_set);
    plan.baselines.add_piece(0, baseline_status[b], estimated_training_seconds(settings, settings.epochs),
                             checkpoints.has(checkpoints.baseline(b)));
    for (std::size_t c = 0; c < controls.size(); ++c) {
      plan.baselines.add_piece(1 + c, control_status[b * controls.size() + c],
                               estimated_training_seconds(settings, controls[c].epochs),
                               checkpoints.has(checkpoints.control(b, c)));
    }
    plan.baselines.end();
  }
  return plan;
}

/// Marks as failed what is not done of every block of a status that lacks its device. The blocks are equal parts.
void fail_blocks(results::Results& results, const results::Status& variable, std::size_t blocks,
                 const std::function<bool(std::size_t)>& lacks_device) {
  std::vector<std::int8_t> numbers;
  const auto status = results.statuses(variable);
  for (std::size_t k = 0; k < status.size(); ++k) {
    const bool fails = !is_done(status[k]) && lacks_device(k / (status.size() / blocks));
    numbers.push_back(static_cast<std::int8_t>(fails ? store::CaseStatus::failed : status[k]));
  }
  results[variable].write(numbers);
}

/// Nobody shall wait for what has no activation or fewer than two levels. The next run tries what has become possible.
void fail_what_lacks_its_device(const characterization::VariantCurves& curves, results::Results& results,
                                const parallel::Communicator& communicator) {
  parallel::on_root(communicator, [&] {
    const std::size_t neurons = curves.activations.size();
    const auto lacks_activation = [&](std::size_t neuron) { return curves.activations[neuron].empty(); };
    fail_blocks(results, baseline_table::status, neurons, lacks_activation);
    if (!controls_of(results.study().network.deployments).empty()) {
      fail_blocks(results, baseline_table::control_status, neurons, lacks_activation);
    }
    fail_blocks(results, network_table::status, curves.levels.size() * neurons, [&](std::size_t block) {
      return lacks_activation(block % neurons) || curves.levels[block / neurons].size() < 2;
    });
    results.file().sync();
  });
  results.share(communicator);
}

int group_count(int wanted_ranks, std::size_t tasks, int ranks) {
  const int groups = wanted_ranks > 0 ? ranks / wanted_ranks
                                      : static_cast<int>(std::min<std::size_t>(tasks, static_cast<std::size_t>(ranks)));
  return std::clamp(groups, 1, ranks);
}

/// The training of FP32 networks and their controls, or what is done with them. What a task needs is its data set.
class NetworkStage : public engine::Stage {
 public:
  NetworkStage(std::string name, bool trains_baselines, OpenNetworks open, const study::Study& study,
               const characterization::VariantCurves& curves, results::Results& results,
               TrainingCheckpoints& checkpoints, BaselineMemory& memory, const parallel::Communicator& communicator)
      : name_(std::move(name)),
        trains_baselines_(trains_baselines),
        open_(std::move(open)),
        study_(study),
        curves_(curves),
        results_(results),
        checkpoints_(checkpoints),
        memory_(memory),
        baseline_status_(results.statuses(baseline_table::status)),
        group_(engine::TaskGroup::one_of(communicator, group_count(study.network.ranks_per_model,
                                                                   open_.workload.tasks.size(), communicator.size()))) {
  }

  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] const engine::TaskGroup& group() const override { return group_; }
  [[nodiscard]] engine::Workload workload() const override { return open_.workload; }

  void prepare(std::size_t resource, engine::Worker& /*worker*/) override {
    set_.reset();
    parallel::collectively(group_.communicator(), [&] {
      const std::string& name = study_.network.datasets[resource];
      set_.emplace(network::read_data_set(std::filesystem::path(study_.network.data_folder) / name, name));
      require_room(resource);
    });
  }

  void run(const engine::Task& task, engine::Worker& worker) override {
    NetworkRuns runs(study_, results_, checkpoints_, memory_, worker);
    const auto& [network, pieces] = open_.meaning[task.number];
    const std::size_t baselines = baseline_status_.size();
    if (trains_baselines_) {
      train(runs, network, pieces);
    } else if (is_done(baseline_status_[network % baselines])) {
      runs.put_on_device(*set_, curves_.levels[network / baselines], network, pieces);
    } else {
      runs.fail(network, pieces);
    }
  }

 private:
  /// The file may have been laid out before the data set was there.
  void require_room(std::size_t data_set) const {
    const auto number = [&](const auto& variable) { return static_cast<int>(results_[variable].read()[data_set]); };
    const network::DataSetShape room = {.pixels = set_->data.shape().pixels,
                                        .classes = number(network_table::class_count),
                                        .width = number(baseline_table::image_width),
                                        .height = number(baseline_table::image_height),
                                        .test_images = number(network_table::test_image_count)};
    if (room != set_->data.shape()) {
      throw InputError(fmt::format(
          "the results file has room for a data set {} of {} x {} pixels, {} classes and {} test images, but it has "
          "{} x {} pixels, {} classes and {} test images; expected the same, or another results file: run --reuse "
          "takes the cases over",
          set_->data.name, room.width, room.height, room.classes, room.test_images, set_->data.shape().width,
          set_->data.shape().height, set_->data.classes, set_->data.test.count));
    }
  }

  void train(NetworkRuns& runs, std::size_t baseline, const std::vector<std::size_t>& pieces) {
    const std::size_t of_neuron = baseline_status_.size() / curves_.activations.size();
    for (const std::size_t piece : pieces) {
      if (piece > 0) {
        runs.train_control(*set_, baseline, piece - 1);
      } else if (!runs.train_baseline(*set_, curves_.activations[baseline / of_neuron], baseline)) {
        return;
      }
    }
  }

  std::string name_;
  bool trains_baselines_;
  OpenNetworks open_;
  const study::Study& study_;
  const characterization::VariantCurves& curves_;
  results::Results& results_;
  TrainingCheckpoints& checkpoints_;
  BaselineMemory& memory_;
  std::vector<store::CaseStatus> baseline_status_;  ///< before the stage
  engine::TaskGroup group_;
  std::optional<LoadedDataSet> set_;
};

double total_cost(const engine::Workload& workload) {
  double cost = 0.0;
  for (const engine::Task& task : workload.tasks) {
    cost += task.cost;
  }
  return cost;
}

}  // namespace

engine::StageOutcome run_network_stage(const study::Study& study, const characterization::VariantCurves& curves,
                                       results::Results& results, const parallel::Communicator& communicator) {
  fail_what_lacks_its_device(curves, results, communicator);
  TrainingCheckpoints checkpoints(results, communicator);
  const std::vector<bool> waits = wait_for_retention(results);
  NetworkPlan plan = plan_tasks(study, curves, results, waits, lack_retention(results, communicator), checkpoints);
  plan.baselines.workload.seconds_afterwards = total_cost(plan.runs.workload) / communicator.size();
  BaselineMemory memory;
  engine::StageOutcome outcome;
  const std::vector<std::string> names = weight_variant_names(study);
  for (std::size_t v = 0; v < waits.size(); ++v) {
    if (waits[v] && curves.levels[v].size() >= 2) {
      outcome.failures.push_back(
          {names[v],
           "its networks wait for its retention, which belongs to a run of the devices: --stage device, or all"});
    }
  }
  for (auto& [name, open] : {std::pair("training", &plan.baselines), {"network", &plan.runs}}) {
    if (outcome.interrupted || open->workload.tasks.empty()) {
      continue;
    }
    NetworkStage stage(name, open == &plan.baselines, std::move(*open), study, curves, results, checkpoints, memory,
                       communicator);
    engine::StageOutcome part = engine::run(stage, {.deadline = study.run.deadline}, communicator);
    outcome.interrupted = part.interrupted;
    outcome.deferred = part.deferred;
    outcome.failures.insert(outcome.failures.end(), part.failures.begin(), part.failures.end());
    // What one rank wrote, others read now.
    parallel::collectively(communicator, [&results] { results.file().sync(); });
    results.share(communicator);
  }
  return outcome;
}

}  // namespace spinsweep::training
