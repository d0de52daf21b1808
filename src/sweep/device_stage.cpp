#include "sweep/device_stage.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "parallel/agree.hpp"
#include "parallel/shared_counter.hpp"
#include "parallel/shared_integer.hpp"
#include "sweep/case_runner.hpp"
#include "sweep/case_writer.hpp"
#include "sweep/checkpoint.hpp"
#include "sweep/demag_cache.hpp"
#include "sweep/estimate.hpp"
#include "sweep/initial_states.hpp"
#include "sweep/progress.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/stage_status.hpp"
#include "sweep/stop_request.hpp"
#include "sweep/task_queue.hpp"

namespace spinsweep::sweep {

namespace {

using store::CaseStatus;

/// The cases of one device, simulated by all ranks, each taking one task after the other.
class DeviceStage {
 public:
  DeviceStage(const DevicePlan& plan, const RunSettings& settings, store::ResultsFile& file,
              const parallel::Communicator& communicator)
      : plan_(plan),
        settings_(settings),
        group_(group_name(plan.cases.front().kind)),
        mine_(pieces_of(settings.part, costs(plan))),
        status_(read_status(file, group_, communicator)),
        checkpoints_(file, group_, open_cases(), communicator),
        counter_(communicator),
        queue_(open_tasks(), counter_),
        writer_(file, group_),
        stop_(communicator),
        put_off_(communicator),
        failures_(communicator),
        progress_(group_, open_case_count(), communicator),
        communicator_(communicator) {}

  /// Collective. Errors: Interrupted if the run was asked to stop or RunSettings::max_failures was reached.
  void run() {
    DemagCache cache;
    const InitialStates states(
        plan_, cases_to_do(), cache, [this] { stop_.throw_if_seen(); }, communicator_);
    if (communicator_.rank() == 0) {
      spdlog::info("{}: {} cases to do, {} done before, {} initial states relaxed", group_, open_case_count(),
                   size_of(settings_.part, plan_.cases.size()) - open_case_count(), states.count());
    }
    CaseRunner runner(settings_, checkpoints_, writer_, stop_, states, cache);
    parallel::agree_on(communicator_, [&] {
      while (!stop_.seen_now()) {
        const Task* task = queue_.next();
        if (task == nullptr) {
          return;
        }
        if (task->has_checkpoint || settings_.deadline.allows(task->cost)) {
          run_task(*task, runner);
        } else {
          put_off_.add(1);
        }
      }
      throw Interrupted();
    });
  }

  /// Tasks that were not begun, since they would not have been finished before RunSettings::deadline.
  [[nodiscard]] std::int64_t put_off() { return put_off_.add(0); }

  [[nodiscard]] bool too_many_failures() { return failures_.add(0) >= settings_.max_failures; }

 private:
  static std::vector<double> costs(const DevicePlan& plan) {
    std::vector<double> seconds;
    for (const auto& parameters : plan.cases) {
      seconds.push_back(estimated_seconds(parameters));
    }
    return seconds;
  }

  [[nodiscard]] bool is_open(std::size_t index) const {
    return mine_[index] && status_[index] != CaseStatus::done &&
           (status_[index] != CaseStatus::failed || settings_.retry_failed);
  }

  [[nodiscard]] std::vector<bool> open_cases() const {
    std::vector<bool> open(plan_.cases.size());
    for (std::size_t k = 0; k < open.size(); ++k) {
      open[k] = is_open(k);
    }
    return open;
  }

  [[nodiscard]] std::vector<Task> open_tasks() const {
    std::vector<Task> tasks;
    for (std::size_t k = 0; k < plan_.cases.size(); ++k) {
      if (is_open(k)) {
        tasks.push_back({{k}, estimated_seconds(plan_.cases[k]), checkpoints_.has(k)});
      }
    }
    return tasks;
  }

  [[nodiscard]] std::vector<std::size_t> cases_to_do() const {
    std::vector<std::size_t> cases;
    for (const Task& task : queue_.tasks()) {
      cases.insert(cases.end(), task.cases.begin(), task.cases.end());
    }
    return cases;
  }

  [[nodiscard]] std::size_t open_case_count() const { return cases_to_do().size(); }

  void run_task(const Task& task, CaseRunner& runner) {
    for (const std::size_t index : task.cases) {
      run_case(index, plan_.cases[index], runner);
    }
  }

  /// What goes wrong with the case alone ends here; what ends the run is passed on.
  void run_case(std::size_t index, const device::DeviceParameters& parameters, CaseRunner& runner) {
    const std::string name = case_name(plan_, index);
    try {
      const std::string outcome = runner.run(index, name, parameters);
      progress_.finished(name + ", " + outcome);
    } catch (const Interrupted&) {
      writer_.commit(index, CaseStatus::interrupted);
      throw;
    } catch (const EnvironmentError&) {
      // A disk that is full for one rank is full for all.
      stop_.raise();
      throw;
    } catch (const std::exception& error) {
      writer_.fail(index, error.what());
      progress_.failed(fmt::format("{} failed: {}", name, error.what()));
      if (failures_.add(1) + 1 >= settings_.max_failures) {
        stop_.raise();
      }
    }
  }

  const DevicePlan& plan_;
  const RunSettings& settings_;
  std::string group_;
  std::vector<bool> mine_;  ///< whether a case belongs to RunSettings::part
  std::vector<CaseStatus> status_;
  CheckpointStore checkpoints_;
  parallel::SharedCounter counter_;
  TaskQueue<parallel::SharedCounter> queue_;
  CaseWriter writer_;
  StopRequest stop_;
  parallel::SharedInteger put_off_;
  parallel::SharedInteger failures_;
  Progress progress_;
  const parallel::Communicator& communicator_;
};

}  // namespace

StageOutcome run_device_stage(const DevicePlan& plan, const RunSettings& settings, store::ResultsFile& file,
                              const parallel::Communicator& communicator) {
  StageOutcome outcome;
  if (plan.cases.empty()) {
    return outcome;
  }
  {
    DeviceStage stage(plan, settings, file, communicator);
    try {
      stage.run();
    } catch (const Interrupted&) {
      outcome.interrupted = true;
    }
    communicator.barrier();
    outcome.put_off = stage.put_off();
    outcome.interrupted = outcome.interrupted || outcome.put_off > 0;
    outcome.stopped_by_failures = stage.too_many_failures();
  }
  communicator.barrier();
  const std::string group = group_name(plan.cases.front().kind);
  const auto status = read_status(file, group, communicator);
  for (std::size_t k = 0; k < status.size(); ++k) {
    if (status[k] == CaseStatus::done) {
      ++outcome.done;
    } else if (status[k] == CaseStatus::failed) {
      outcome.failures.push_back({group + " " + case_name(plan, k), file.read_text("/" + group + "/message", k)});
    }
  }
  return outcome;
}

}  // namespace spinsweep::sweep
