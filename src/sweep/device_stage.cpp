#include "sweep/device_stage.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "device/demag_cache.hpp"
#include "parallel/agree.hpp"
#include "parallel/describe_error.hpp"
#include "parallel/run_together.hpp"
#include "parallel/shared_counter.hpp"
#include "parallel/shared_integer.hpp"
#include "study/bisection.hpp"
#include "study/estimate.hpp"
#include "sweep/case_copier.hpp"
#include "sweep/case_group.hpp"
#include "sweep/case_runner.hpp"
#include "sweep/case_writer.hpp"
#include "sweep/checkpoint.hpp"
#include "sweep/found_currents.hpp"
#include "sweep/initial_states.hpp"
#include "sweep/open_cases.hpp"
#include "sweep/progress.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/schema_parts.hpp"
#include "sweep/stage_status.hpp"
#include "sweep/stop_request.hpp"
#include "sweep/task_queue.hpp"

namespace spinsweep::sweep {

namespace {

using store::CaseStatus;

/// The cases of one device, simulated by all ranks, each group of which takes one task after the other.
class DeviceStage {
 public:
  DeviceStage(const study::DevicePlan& plan, const study::RunSettings& settings, const FinishedCases* reusable,
              store::ResultsFile& file, const parallel::Communicator& communicator, double seconds_afterwards)
      : plan_(plan),
        settings_(settings),
        reusable_(reusable),
        file_(file),
        ranks_(communicator, settings.ranks_per_case),
        group_(group_name(plan.cases.front().kind)),
        open_(plan, settings, read_status(file, group_, communicator)),
        checkpoints_(file, group_, open_.flags(), communicator),
        counter_(communicator),
        queue_(open_.tasks([this](std::size_t k) { return checkpoints_.has(k); }), counter_),
        writer_(file, group_, ranks_),
        stop_(communicator),
        put_off_(communicator),
        failures_(communicator),
        progress_(group_, workload(seconds_afterwards), communicator),
        communicator_(communicator) {
    if (reusable != nullptr && ranks_.is_root()) {
      copier_.emplace(reusable->file(), file, device_group(plan, plan.base.kind, 1));
    }
  }

  /// Collective. Errors: Interrupted if the run was asked to stop or RunSettings::max_failures was reached.
  void run() {
    device::DemagCache cache(ranks_.communicator());
    const std::vector<std::size_t> to_do = open_.list();
    const InitialStates states(
        plan_, to_do, settings_.time_limit, cache, [this] { throw_if_group_stops(); }, ranks_, communicator_);
    if (communicator_.rank() == 0) {
      const auto begun =
          std::count_if(to_do.begin(), to_do.end(), [this](std::size_t k) { return checkpoints_.has(k); });
      spdlog::info("{}: {} cases to do, {} done before, {} begun before, {} initial states relaxed", group_,
                   to_do.size(), open_.closed_count(), begun, states.count());
    }
    progress_.begin();
    CaseRunner runner(settings_, ranks_, checkpoints_, writer_, stop_, states, cache);
    parallel::agree_on(communicator_, [&] {
      while (const Task* task = next_task()) {
        run_task(*task, runner);
      }
    });
  }

  /// Tasks that were not begun, since they would not have been finished before RunSettings::deadline.
  [[nodiscard]] std::int64_t put_off() { return put_off_.add(0); }

  [[nodiscard]] bool too_many_failures() { return failures_.add(0) >= settings_.max_failures; }

 private:
  /// The next task of this group, or nullptr if there is none left. Errors: Interrupted if the run is to stop.
  const Task* next_task() {
    constexpr std::ptrdiff_t none = -1;
    constexpr std::ptrdiff_t stop = -2;
    std::ptrdiff_t choice = stop;
    ranks_.on_root([&] {
      while (!stop_.seen_now()) {
        const Task* task = queue_.next();
        if (task == nullptr) {
          choice = none;
          return;
        }
        if (task->has_checkpoint || settings_.deadline.allows(task->cost)) {
          choice = task - queue_.tasks().data();
          return;
        }
        put_off_.add(1);
      }
    });
    choice = ranks_.of_root(choice);
    if (choice == stop) {
      throw Interrupted();
    }
    return choice == none ? nullptr : &queue_.tasks()[static_cast<std::size_t>(choice)];
  }

  /// The root's view of whether the run is to stop counts for its group.
  void throw_if_group_stops() {
    if (ranks_.of_root(stop_.seen())) {
      throw Interrupted();
    }
  }

  [[nodiscard]] Workload workload(double seconds_afterwards) const {
    Workload workload{.pieces = open_.list().size(), .cost = 0.0, .seconds_afterwards = seconds_afterwards};
    for (const Task& task : queue_.tasks()) {
      workload.cost += task.cost;
    }
    return workload;
  }

  void run_task(const Task& task, CaseRunner& runner) {
    if (plan_.bisection.exists()) {
      run_bisection(task.cases, runner);
    } else {
      run_case(task.cases.front(), plan_.cases[task.cases.front()], runner);
    }
  }

  /// Each case's current density follows from how those before it ended, whichever run and rank simulated them.
  void run_bisection(const std::vector<std::size_t>& cases, CaseRunner& runner) {
    const double decisive = *decisive_position(plan_.bisection, plan_.cases[cases.front()]);
    std::vector<double> final_positions;
    for (auto index = cases.begin(); index != cases.end(); ++index) {
      const study::BisectionState state = replay(plan_.bisection, decisive, final_positions);
      if (state.problem) {
        fail_all({index, cases.end()}, *state.problem);
        return;
      }
      if (open_.contains(*index)) {
        device::DeviceParameters parameters = plan_.cases[*index];
        parameters.pulse.current_density = *state.next;
        writer_.set_current_density(*index, *state.next);
        if (!take_over_case(*index, parameters) && !run_case(*index, parameters, runner)) {
          fail_all({index + 1, cases.end()}, fmt::format("it follows case {}, which failed", *index));
          return;
        }
      } else if (!open_.was_done(*index)) {
        return;
      }
      final_positions.push_back(final_position_of(*index));
    }
  }

  double final_position_of(std::size_t index) {
    double position = 0.0;
    ranks_.on_root([&] { position = file_.read<double>("/" + group_ + "/final_position", {index}, {1}).front(); });
    return ranks_.of_root(position);
  }

  /// Of the cases, those that are not done already, as one is that was taken over from another file.
  void fail_all(const std::vector<std::size_t>& cases, const std::string& reason) {
    for (const std::size_t index : cases) {
      if (!open_.was_done(index)) {
        fail(index, case_name(plan_, index), reason);
      }
    }
  }

  void fail(std::size_t index, const std::string& name, const std::string& reason) {
    writer_.fail(index, reason);
    if (ranks_.is_root()) {
      progress_.failed(fmt::format("{} failed: {}", name, reason), study::estimated_seconds(plan_, index));
      if (failures_.add(1) + 1 >= settings_.max_failures) {
        stop_.raise();
      }
    }
  }

  bool take_over_case(std::size_t index, const device::DeviceParameters& parameters) {
    bool found = false;
    ranks_.on_root([&] {
      const auto source = reusable_ != nullptr ? reusable_->find(parameters) : std::nullopt;
      if (source) {
        copier_->copy(*source, index);
        found = true;
      }
    });
    found = ranks_.of_root(found);
    if (found) {
      writer_.commit(index, CaseStatus::done);
      tell_success(index, case_name(plan_, index, parameters) + ", taken over");
    }
    return found;
  }

  void tell_success(std::size_t index, const std::string& text) {
    if (ranks_.is_root()) {
      progress_.finished(text, study::estimated_seconds(plan_, index));
    }
  }

  /// What goes wrong with the case alone ends here; what ends the run is passed on. Returns whether the case is done.
  bool run_case(std::size_t index, const device::DeviceParameters& parameters, CaseRunner& runner) {
    const std::string name = case_name(plan_, index, parameters);
    try {
      std::string outcome;
      parallel::run_together(ranks_.communicator(), [&] { outcome = runner.run(index, name, parameters); });
      tell_success(index, name + ", " + outcome);
      return true;
    } catch (const Interrupted&) {
      writer_.mark(index, CaseStatus::interrupted);
      throw;
    } catch (const EnvironmentError&) {
      // A disk that is full for one rank is full for all.
      stop_.raise();
      throw;
    } catch (const std::exception&) {
      fail(index, name, parallel::describe_error(std::current_exception()).message);
      return false;
    }
  }

  const study::DevicePlan& plan_;
  const study::RunSettings& settings_;
  const FinishedCases* reusable_;
  store::ResultsFile& file_;
  std::optional<CaseCopier> copier_;  ///< on the root, from the cases that may be taken over
  CaseGroup ranks_;
  std::string group_;
  OpenCases open_;
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

StageOutcome run_device_stage(const study::DevicePlan& plan, const study::RunSettings& settings,
                              const FinishedCases* reusable, store::ResultsFile& file,
                              const parallel::Communicator& communicator, double seconds_afterwards) {
  StageOutcome outcome;
  if (plan.cases.empty()) {
    return outcome;
  }
  if (reusable != nullptr) {
    take_over(*reusable, plan, file, communicator);
  }
  {
    DeviceStage stage(plan, settings, reusable, file, communicator, seconds_afterwards);
    try {
      parallel::run_together(communicator, [&stage] { stage.run(); });
    } catch (const Interrupted&) {
      outcome.interrupted = true;
    }
    communicator.barrier();
    outcome.put_off = stage.put_off();
    outcome.interrupted = outcome.interrupted || outcome.put_off > 0;
    outcome.stopped_by_failures = stage.too_many_failures();
  }
  communicator.barrier();
  spread_to_identical(plan, file, communicator);
  if (plan.bisection.exists()) {
    write_depinning_currents(plan, file, communicator);
  }
  const std::string group = group_name(plan.cases.front().kind);
  const auto status = read_status(file, group, communicator);
  study::DevicePlan found = plan;
  fill_in_found_currents(found, file);
  for (std::size_t k = 0; k < status.size(); ++k) {
    if (status[k] == CaseStatus::done) {
      ++outcome.done;
    } else if (status[k] == CaseStatus::failed) {
      outcome.failures.push_back({group + " " + case_name(found, k), file.read_text("/" + group + "/message", k)});
    }
  }
  return outcome;
}

}  // namespace spinsweep::sweep
