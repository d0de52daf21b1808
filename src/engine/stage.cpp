#include "engine/stage.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

#include "engine/task_queue.hpp"
#include "parallel/agree.hpp"
#include "parallel/all_gather.hpp"
#include "parallel/passing_barrier.hpp"
#include "parallel/run_collective.hpp"

namespace spinsweep::engine {

namespace {

using SharedQueue = TaskQueue<parallel::SharedIntegers>;

WorkAhead work_ahead(const Workload& workload, int groups) {
  double cost = std::accumulate(workload.preparation_costs.begin(), workload.preparation_costs.end(), 0.0);
  for (const Task& task : workload.tasks) {
    cost += task.cost;
  }
  return {workload.pieces, cost, workload.seconds_afterwards, groups};
}

/// Runs the tasks of a stage in one of the groups.
class StageRun {
 public:
  StageRun(Stage& stage, const Limits& limits, const parallel::Communicator& all)
      : stage_(stage),
        limits_(limits),
        all_(all),
        group_(stage.group()),
        workload_(stage.workload()),
        order_(workload_.tasks),
        counters_(all, SharedQueue::counters_for(order_)),
        queue_(order_, counters_, static_cast<std::size_t>(group_.index())),
        deferred_(all, 1),
        worker_(stage.name(), group_, work_ahead(workload_, group_.count()), all, limits.max_failures) {}

  StageOutcome run() {
    StageOutcome outcome;
    try {
      parallel::collectively(all_, [this] { run_group_and_wait(); });
    } catch (const Interrupted&) {
      outcome.interrupted = true;
    }
    all_.barrier();
    outcome.deferred = deferred_.get(0);
    outcome.interrupted = outcome.interrupted || outcome.deferred > 0;
    outcome.stopped_by_failures = worker_.too_many_failures();
    outcome.failures = failures_by_task();
    return outcome;
  }

 private:
  enum class Next { stop, nothing, task };
  struct Choice {
    Next next = Next::stop;
    Task task;
    bool prepares_first = false;  ///< no other group has prepared what the task needs
  };
  static_assert(std::is_trivially_copyable_v<Choice>);

  /// The failures on all ranks, in an order that does not depend on which rank ran which task. Collective.
  std::vector<Failure> failures_by_task() {
    std::vector<std::pair<std::uint64_t, Failure>> all;
    for (const auto& others : parallel::all_gather(worker_.failures(), all_)) {
      all.insert(all.end(), others.begin(), others.end());
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Failure> failures;
    failures.reserve(all.size());
    for (auto& [number, failure] : all) {
      failures.push_back(std::move(failure));
    }
    return failures;
  }

  void run_group_and_wait() {
    try {
      run_group();
    } catch (...) {
      wait_for_others();
      throw;
    }
    wait_for_others();
  }

  /// A rank without work still passes on that it was asked to stop, and leaves its core to others.
  void wait_for_others() {
    constexpr std::chrono::milliseconds between_looks(2);
    parallel::PassingBarrier barrier(all_);
    while (!barrier.passed()) {
      worker_.pass_on_stop_request();
      std::this_thread::sleep_for(between_looks);
    }
  }

  void run_group() {
    try {
      parallel::run_collective(group_.communicator(), [this] {
        for (Choice choice = choose(); choice.next == Next::task; choice = choose()) {
          prepare(choice);
          worker_.begin(choice.task);
          stage_.run(choice.task, worker_);
        }
      });
    } catch (...) {
      // The other groups stop as well, so that the error is reported at once and not hours later.
      worker_.stop();
      throw;
    }
  }

  /// Chooses the next task of the group. Errors: Interrupted if the run is to stop. Collective in the group.
  Choice choose() {
    Choice choice;
    group_.on_root([&] {
      while (!worker_.stop_requested_now()) {
        const Task* task = queue_.next();
        if (task == nullptr) {
          choice.next = Next::nothing;
          return;
        }
        if (task->has_checkpoint || limits_.deadline.allows(task->cost + preparation_cost(*task))) {
          choice = {Next::task, *task, !queue_.helps()};
          return;
        }
        deferred_.add(0, 1);
      }
    });
    choice = group_.of_root(choice);
    if (choice.next == Next::stop) {
      throw Interrupted();
    }
    return choice;
  }

  [[nodiscard]] double preparation_cost(const Task& task) const {
    return task.needs && task.needs != held_ ? workload_.preparation_costs[*task.needs] : 0.0;
  }

  void prepare(const Choice& choice) {
    const auto needs = choice.task.needs;
    if (!needs || needs == held_) {
      return;
    }
    const Stopwatch watch;
    stage_.prepare(*needs, worker_);
    held_ = needs;
    if (choice.prepares_first) {
      worker_.count_preparation(workload_.preparation_costs[*needs], watch.seconds());
    }
  }

  Stage& stage_;
  const Limits& limits_;
  const parallel::Communicator& all_;
  const TaskGroup& group_;
  Workload workload_;
  TaskOrder order_;
  parallel::SharedIntegers counters_;
  SharedQueue queue_;
  parallel::SharedIntegers deferred_;
  Worker worker_;
  std::optional<std::size_t> held_;  ///< the resource that the stage has prepared
};

}  // namespace

void Stage::prepare(std::size_t /*resource*/, Worker& /*worker*/) {}

StageOutcome run(Stage& stage, const Limits& limits, const parallel::Communicator& communicator) {
  StageOutcome outcome = StageRun(stage, limits, communicator).run();
  // From here on every rank may read what the others have written.
  communicator.barrier();
  return outcome;
}

}  // namespace spinsweep::engine
