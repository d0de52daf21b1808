#include "sweep/network_stage.hpp"

#include <algorithm>
#include <boost/mpi/collectives/all_gather.hpp>
#include <boost/mpi/communicator.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>
#include <filesystem>
#include <functional>
#include <optional>

#include "base/interruption.hpp"
#include "parallel/agree.hpp"
#include "parallel/run_together.hpp"
#include "parallel/shared_counter.hpp"
#include "store/case_status.hpp"
#include "sweep/network_estimate.hpp"
#include "sweep/network_runs.hpp"
#include "sweep/network_table.hpp"
#include "sweep/progress.hpp"
#include "sweep/stop_request.hpp"

namespace spinsweep::sweep {

namespace {

/// What a group of ranks does at one go: a baseline, or all schemes of a run on it.
struct NetworkTask {
  BaselineIndex baseline{};
  std::optional<RunIndex> run;
};

/// Row-major place of an index.
template <std::size_t N>
std::size_t flat(const std::array<std::uint64_t, N>& index, const store::Extent& shape) {
  std::size_t place = 0;
  for (std::size_t k = 0; k < N; ++k) {
    place = place * shape[k] + index[k];
  }
  return place;
}

bool is_done(store::CaseStatus status) {
  return status == store::CaseStatus::done;
}

/// Runs with a scheme that is not done, and what they need: baselines that are not done, or have no control yet.
struct NetworkPlan {
  std::vector<NetworkTask> baselines;
  std::vector<NetworkTask> runs;
  std::size_t pieces = 0;  ///< trainings, controls and schemes that are not done
  double cost = 0.0;       ///< of the pieces on one core as foreseen, s

  void add_piece(double seconds) {
    ++pieces;
    cost += seconds;
  }
};

NetworkPlan plan_tasks(const study::Study& study, const VariantCurves& curves, const results::Results& results) {
  const auto& settings = study.network;
  const auto run_status = results.statuses(network_table::status);
  const auto baseline_status = results.statuses(baseline_table::status);
  const auto control_status = results.statuses(baseline_table::control_status);
  const store::Extent run_shape = results[network_table::status].shape();
  const store::Extent baseline_shape = results[baseline_table::status].shape();
  NetworkPlan plan;
  // Data set by data set, so that a rank holds one at a time.
  for (std::uint64_t d = 0; d < run_shape[2]; ++d) {
    for (std::uint64_t n = 0; n < run_shape[1]; ++n) {
      for (std::uint64_t s = 0; s < run_shape[3]; ++s) {
        const BaselineIndex baseline = {n, d, s};
        bool wanted = false;
        for (std::uint64_t v = 0; v < run_shape[0] && !curves.activations[n].empty(); ++v) {
          for (std::uint64_t m = 0; m < run_shape[4] && curves.levels[v].size() >= 2; ++m) {
            const RunIndex run = {v, n, d, s, m};
            const auto first = run_status.begin() + static_cast<std::ptrdiff_t>(flat(run, run_shape) * run_shape[5]);
            if (std::all_of(first, first + static_cast<std::ptrdiff_t>(run_shape[5]), is_done)) {
              continue;
            }
            plan.runs.push_back({baseline, run});
            wanted = true;
            for (std::size_t scheme = 0; scheme < settings.schemes.size(); ++scheme) {
              if (!is_done(first[static_cast<std::ptrdiff_t>(scheme)])) {
                plan.add_piece(estimated_scheme_seconds(settings, settings.schemes[scheme]));
              }
            }
          }
        }
        if (!wanted) {
          continue;
        }
        const std::size_t pieces_of_runs = plan.pieces;
        const std::size_t place = flat(baseline, baseline_shape);
        if (!is_done(baseline_status[place])) {
          plan.add_piece(estimated_baseline_seconds(settings));
        }
        for (std::size_t scheme = 0; scheme < settings.schemes.size(); ++scheme) {
          if (network::has_control(settings.schemes[scheme]) &&
              !is_done(control_status[place * settings.schemes.size() + scheme])) {
            plan.add_piece(estimated_control_seconds(settings, settings.schemes[scheme]));
          }
        }
        if (plan.pieces > pieces_of_runs) {
          plan.baselines.push_back({baseline, std::nullopt});
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
void fail_what_lacks_its_device(const VariantCurves& curves, results::Results& results,
                                const parallel::Communicator& communicator) {
  parallel::agree_on(communicator, [&] {
    if (communicator.rank() != 0) {
      return;
    }
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

/// The next task, the same on all ranks of a group.
std::int64_t next_task(parallel::SharedCounter& counter, const parallel::Communicator& group) {
  std::int64_t task = 0;
  if (group.rank() == 0) {
    task = counter.next();
  }
  MPI_Bcast(&task, 1, MPI_INT64_T, 0, group.get());
  return task;
}

/// Adds what failed to `failures`, on all ranks.
void do_tasks(const std::vector<NetworkTask>& tasks, const study::Study& study, const VariantCurves& curves,
              results::Results& results, Progress& progress, const parallel::Communicator& communicator,
              std::vector<Failure>& failures) {
  if (tasks.empty()) {
    return;
  }
  std::vector<Failure> own;
  const int groups = group_count(study.network.ranks_per_model, tasks.size(), communicator.size());
  const parallel::Communicator group = communicator.split(communicator.rank() * groups / communicator.size());
  parallel::SharedCounter counter(communicator);
  TrainingCheckpoints checkpoints(results, communicator);
  StopRequest stop(communicator);
  parallel::agree_on(communicator, [&] {
    try {
      parallel::run_together(group, [&] {
        NetworkRuns runs(
            study, results, group, checkpoints, [&stop] { return stop.seen(); }, progress);
        std::optional<LoadedDataSet> set;
        std::uint64_t loaded = 0;
        for (auto k = static_cast<std::size_t>(next_task(counter, group)); k < tasks.size();
             k = static_cast<std::size_t>(next_task(counter, group))) {
          const NetworkTask& task = tasks[k];
          const std::uint64_t dataset = task.baseline[1];
          if (!set || loaded != dataset) {
            parallel::agree_on(group, [&] {
              const std::string& name = study.network.datasets[dataset];
              set.emplace(network::read_data_set(std::filesystem::path(study.network.data_folder) / name, name));
            });
            loaded = dataset;
          }
          if (task.run) {
            runs.put_on_device(*set, curves.levels[(*task.run)[0]], *task.run);
          } else {
            runs.train_baseline(*set, curves.activations[task.baseline[0]], task.baseline);
          }
        }
        own = runs.failures();
      });
    } catch (...) {
      // The other groups stop as well: nobody waits for hours to hear of it.
      stop.raise();
      throw;
    }
  });
  std::vector<std::vector<Failure>> of_ranks;
  boost::mpi::all_gather(boost::mpi::communicator(communicator.get(), boost::mpi::comm_attach), own, of_ranks);
  for (const auto& others : of_ranks) {
    failures.insert(failures.end(), others.begin(), others.end());
  }
}

}  // namespace

std::vector<Failure> run_network_stage(const study::Study& study, const VariantCurves& curves,
                                       results::Results& results, const parallel::Communicator& communicator) {
  std::vector<Failure> failures;
  fail_what_lacks_its_device(curves, results, communicator);
  const NetworkPlan plan = plan_tasks(study, curves, results);
  Progress progress("network", {.pieces = plan.pieces, .cost = plan.cost}, communicator);
  progress.begin();
  do_tasks(plan.baselines, study, curves, results, progress, communicator, failures);
  // What one rank wrote, others read now.
  parallel::agree_on(communicator, [&results] { results.file().sync(); });
  results.share(communicator);
  do_tasks(plan.runs, study, curves, results, progress, communicator, failures);
  parallel::agree_on(communicator, [&results] { results.file().sync(); });
  results.share(communicator);
  return failures;
}

}  // namespace spinsweep::sweep
