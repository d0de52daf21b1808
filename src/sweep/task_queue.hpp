#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace spinsweep::sweep {

/// Cases that one rank simulates one after the other: a single case, or those of a bisection, each of which needs the
/// outcome of the ones before.
struct Task {
  std::vector<std::size_t> cases;  ///< indices into DevicePlan::cases
  double cost = 0.0;               ///< of all of them as estimated, s
  bool has_checkpoint = false;     ///< one of them is on its way
};

/// Puts the tasks in the order in which they are begun: those with a checkpoint, then the costliest first, so that the
/// cheap ones fill the gaps at the end of a sweep.
void order_for_balance(std::vector<Task>& tasks);

/// The tasks of a stage, each given to whichever rank asks next. There is one queue per rank, with the same tasks, and
/// one counter that all of them share. Counter has next(), which gives 0, 1, 2, ... once each: parallel::SharedCounter,
/// or a plain one where the scheduling is simulated.
template <class Counter>
class TaskQueue {
 public:
  /// The counter must outlive the queue.
  TaskQueue(std::vector<Task> tasks, Counter& counter) : tasks_(std::move(tasks)), counter_(counter) {
    order_for_balance(tasks_);
  }

  [[nodiscard]] const std::vector<Task>& tasks() const { return tasks_; }

  /// The next task that no rank has begun, or nullptr if there is none left.
  [[nodiscard]] const Task* next() {
    const auto index = static_cast<std::size_t>(counter_.next());
    return index < tasks_.size() ? &tasks_[index] : nullptr;
  }

 private:
  std::vector<Task> tasks_;
  Counter& counter_;
};

}  // namespace spinsweep::sweep
