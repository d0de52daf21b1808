#include "sweep/task_queue.hpp"

#include <algorithm>

namespace spinsweep::sweep {

void order_for_balance(std::vector<Task>& tasks) {
  std::stable_sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
    return std::pair(a.has_checkpoint, a.cost) > std::pair(b.has_checkpoint, b.cost);
  });
}

}  // namespace spinsweep::sweep
