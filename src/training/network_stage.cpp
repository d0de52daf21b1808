#include "training/network_stage.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "parallel/agree.hpp"
#include "parallel/on_root.hpp"
#include "store/case_status.hpp"
#include "training/network_estimate.hpp"
#include "training/network_runs.hpp"
#include "training/network_table.hpp"

namespace spinsweep::training {

namespace {

/// What a task is: a baseline with its controls, or all schemes of a run on it.
struct NetworkTask {
  BaselineIndex baseline{};
  std::optional<RunIndex> run;
};

bool is_done(store::CaseStatus status) {
  return status == store::CaseStatus::done;
}

/// Trainings, controls and schemes that are not done, in tasks.
struct OpenNetworks {
  std::vector<NetworkTask> meaning;  ///< by Task::number
  engine::Workload workload;
  std::size_t pieces_before = 0;  ///< the last task

  /// The task that the next pieces belong to.
  void begin(const NetworkTask& task) {
    pieces_before = workload.pieces;
    meaning.push_back(task);
    workload.tasks.push_back({.number = meaning.size() - 1, .needs = task.baseline[1]});
  }

  /// Unless it is done. What was interrupted without a checkpoint, as evaluations are, is resumed first too.
  void add_piece(store::CaseStatus status, double cost, bool has_checkpoint) {
    if (is_done(status)) {
      return;
    }
    engine::Task& task = workload.tasks.back();
    ++workload.pieces;
    task.cost += cost;
    task.has_checkpoint = task.has_checkpoint || has_checkpoint || status == store::CaseStatus::interrupted;
  }

  /// Takes the task back if it has got no pieces.
  void end() {
    if (workload.pieces == pieces_before) {
      workload.tasks.pop_back();
      meaning.pop_back();
    }
  }
};

/// Runs with a scheme that is not done, and what they need: baselines that are not done, or have no control yet.
struct NetworkPlan {
  OpenNetworks baselines;
  OpenNetworks runs;
};

NetworkPlan plan_tasks(const study::Study& study, const characterization::VariantCurves& curves,
                       const results::Results& results, const TrainingCheckpoints& checkpoints) {
  const auto& settings = study.network;
  const auto run_status = results.statuses(network_table::status);
  const auto baseline_status = results.statuses(baseline_table::status);
  const auto control_status = results.statuses(baseline_table::control_status);
  const store::Extent run_shape = results[network_table::status].shape();
  const store::Extent baseline_shape = results[baseline_table::status].shape();
  NetworkPlan plan;
  for (OpenNetworks* open : {&plan.baselines, &plan.runs}) {
    open->workload.preparation_costs.assign(run_shape[2], 0.0);
  }
  const auto add_run = [&](const RunIndex& run) {
    plan.runs.begin({{run[1], run[2], run[3]}, run});
    const std::size_t place = row_major_place(run, run_shape) * run_shape[5];
    for (std::size_t scheme = 0; scheme < settings.schemes.size(); ++scheme) {
      plan.runs.add_piece(run_status[place + scheme], estimated_scheme_seconds(settings, settings.schemes[scheme]),
                          checkpoints.has(checkpoints.of_run(run, scheme)));
    }
    plan.runs.end();
  };
  const auto add_baseline = [&](const BaselineIndex& baseline) {
    plan.baselines.begin({baseline, std::nullopt});
    const std::size_t place = row_major_place(baseline, baseline_shape);
    plan.baselines.add_piece(baseline_status[place], estimated_baseline_seconds(settings),
                             checkpoints.has(checkpoints.baseline(baseline)));
    for (std::size_t scheme = 0; scheme < settings.schemes.size(); ++scheme) {
      if (network::has_control(settings.schemes[scheme])) {
        plan.baselines.add_piece(control_status[place * settings.schemes.size() + scheme],
                                 estimated_control_seconds(settings, settings.schemes[scheme]),
                                 checkpoints.has(checkpoints.control(baseline, scheme)));
      }
    }
    plan.baselines.end();
  };
  for (std::uint64_t d = 0; d < run_shape[2]; ++d) {
    for (std::uint64_t n = 0; n < run_shape[1]; ++n) {
      for (std::uint64_t s = 0; s < run_shape[3]; ++s) {
        const std::size_t runs_before = plan.runs.meaning.size();
        for (std::uint64_t v = 0; v < run_shape[0] && !curves.activations[n].empty(); ++v) {
          for (std::uint64_t m = 0; m < run_shape[4] && curves.levels[v].size() >= 2; ++m) {
            add_run({v, n, d, s, m});
          }
        }
        if (plan.runs.meaning.size() > runs_before) {
          add_baseline({n, d, s});
        }
      }
    }
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
    fail_blocks(results, baseline_table::control_status, neurons, lacks_activation);
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

/// The training of networks, or what is done with trained ones. What a task needs is its data set.
class NetworkStage : public engine::Stage {
 public:
  NetworkStage(std::string name, OpenNetworks open, const study::Study& study,
               const characterization::VariantCurves& curves, results::Results& results,
               TrainingCheckpoints& checkpoints, const parallel::Communicator& communicator)
      : name_(std::move(name)),
        open_(std::move(open)),
        study_(study),
        curves_(curves),
        results_(results),
        checkpoints_(checkpoints),
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
    });
  }

  void run(const engine::Task& task, engine::Worker& worker) override {
    NetworkRuns runs(study_, results_, checkpoints_, worker);
    const NetworkTask& what = open_.meaning[task.number];
    if (what.run) {
      runs.put_on_device(*set_, curves_.levels[(*what.run)[0]], *what.run);
    } else {
      runs.train_baseline(*set_, curves_.activations[what.baseline[0]], what.baseline);
    }
  }

 private:
  std::string name_;
  OpenNetworks open_;
  const study::Study& study_;
  const characterization::VariantCurves& curves_;
  results::Results& results_;
  TrainingCheckpoints& checkpoints_;
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
  NetworkPlan plan = plan_tasks(study, curves, results, checkpoints);
  plan.baselines.workload.seconds_afterwards = total_cost(plan.runs.workload) / communicator.size();
  engine::StageOutcome outcome;
  for (auto& [name, open] : {std::pair("training", &plan.baselines), {"network", &plan.runs}}) {
    if (outcome.interrupted || open->workload.tasks.empty()) {
      continue;
    }
    NetworkStage stage(name, std::move(*open), study, curves, results, checkpoints, communicator);
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
