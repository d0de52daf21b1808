#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/task_order.hpp"

namespace spinsweep::engine {

/// Gives a group of ranks its next task. Each group has a queue of its own over the same order; shared counters ensure
/// that each task is given out once, without a rank that only schedules.
///
/// A group stays with the tasks that need the resource it holds, then opens a list that no group has opened, and when
/// there is none left helps where most tasks remain. So each resource is prepared once while there are more resources
/// than groups, and never in vain.
///
/// Counters has add(index, 1), which gives 0, 1, 2, ... for each index once each, and all(): parallel::SharedIntegers,
/// or plain numbers where the scheduling is simulated.
template <class Counters>
class TaskQueue {
 public:
  /// How many counters an order takes: for each list the next task, and the next list.
  [[nodiscard]] static std::size_t counters_for(const TaskOrder& order) { return order.lists() + 1; }

  /// order and counters must outlive the queue. place: the group's number, by which groups that help spread.
  TaskQueue(const TaskOrder& order, Counters& counters, std::size_t place)
      : order_(order), counters_(counters), place_(place) {}

  /// Whether the last task came from a list that another group had opened.
  [[nodiscard]] bool helps() const { return helps_; }

  /// The next task that no group has begun, or nullptr if there is none left.
  [[nodiscard]] const Task* next() {
    while (true) {
      const auto& list = order_.list(list_);
      const auto index = static_cast<std::size_t>(counters_.add(list_, 1));
      if (index < list.size()) {
        return &list[index];
      }
      if (!open_next_list() && !help_fullest_list()) {
        return nullptr;
      }
    }
  }

 private:
  bool open_next_list() {
    if (all_opened_) {
      return false;
    }
    // The first list is every group's from the beginning.
    const auto opened = static_cast<std::size_t>(counters_.add(order_.lists(), 1)) + 1;
    all_opened_ = opened >= order_.lists();
    if (!all_opened_) {
      list_ = opened;
    }
    return !all_opened_;
  }

  bool help_fullest_list() {
    const std::vector<std::int64_t> begun = counters_.all();
    std::size_t most = 0;
    for (std::size_t k = 0; k < order_.lists(); ++k) {
      const std::size_t list = (k + place_) % order_.lists();
      const std::size_t size = order_.list(list).size();
      const std::size_t left = size - std::min(size, static_cast<std::size_t>(begun[list]));
      if (left > most) {
        most = left;
        list_ = list;
      }
    }
    helps_ = true;
    return most > 0;
  }

  const TaskOrder& order_;
  Counters& counters_;
  std::size_t place_;
  std::size_t list_ = 0;
  bool all_opened_ = false;
  bool helps_ = false;
};

}  // namespace spinsweep::engine
