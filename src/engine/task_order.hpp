#pragma once

#include <cstddef>
#include <vector>

#include "engine/task.hpp"

namespace spinsweep::engine {

/// The tasks of a stage in the order in which they are begun. The first list holds those with a checkpoint, whose rows
/// in the results file others may need, and then those that need no resource. Each other list holds the tasks that need
/// the same resource; these lists come in the order of their total cost. Within a list the costliest come first, so
/// that the cheap ones fill the gaps at the end of a sweep.
class TaskOrder {
 public:
  explicit TaskOrder(const std::vector<Task>& tasks);

  [[nodiscard]] std::size_t lists() const { return lists_.size(); }
  [[nodiscard]] const std::vector<Task>& list(std::size_t number) const { return lists_[number]; }

 private:
  std::vector<std::vector<Task>> lists_;
};

}  // namespace spinsweep::engine
