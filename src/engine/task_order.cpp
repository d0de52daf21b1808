#include "engine/task_order.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace spinsweep::engine {

namespace {

double total_cost(const std::vector<Task>& tasks) {
  return std::accumulate(tasks.begin(), tasks.end(), 0.0, [](double sum, const Task& task) { return sum + task.cost; });
}

}  // namespace

TaskOrder::TaskOrder(const std::vector<Task>& tasks) : lists_(1) {
  std::map<std::size_t, std::size_t> list_of;
  for (const Task& task : tasks) {
    std::size_t list = 0;
    if (task.needs && !task.has_checkpoint) {
      list = list_of.try_emplace(*task.needs, lists_.size()).first->second;
      lists_.resize(std::max(lists_.size(), list + 1));
    }
    lists_[list].push_back(task);
  }
  for (auto& list : lists_) {
    std::stable_sort(list.begin(), list.end(), [](const Task& a, const Task& b) {
      return std::pair(a.has_checkpoint, a.cost) > std::pair(b.has_checkpoint, b.cost);
    });
  }
  std::stable_sort(lists_.begin() + 1, lists_.end(),
                   [](const auto& a, const auto& b) { return total_cost(a) > total_cost(b); });
}

}  // namespace spinsweep::engine
