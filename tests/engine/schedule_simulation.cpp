#include "engine/schedule_simulation.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <utility>

#include "engine/plain_counters.hpp"
#include "engine/task_queue.hpp"

namespace spinsweep::engine {

SimulatedSchedule simulate_schedule(const std::vector<Task>& tasks, const std::vector<double>& actual_cost,
                                    std::size_t ranks, double preparation_cost) {
  const TaskOrder order(tasks);
  PlainCounters counters{std::vector<std::int64_t>(TaskQueue<PlainCounters>::counters_for(order))};
  std::vector<TaskQueue<PlainCounters>> queues;
  using FreeAt = std::pair<double, std::size_t>;  // when a rank is free
  std::priority_queue<FreeAt, std::vector<FreeAt>, std::greater<>> free_at;
  for (std::size_t rank = 0; rank < ranks; ++rank) {
    queues.emplace_back(order, counters, rank);
    free_at.emplace(0.0, rank);
  }
  std::vector<std::optional<std::size_t>> held(ranks);
  SimulatedSchedule schedule;
  double busy = 0.0;
  while (!free_at.empty()) {
    const auto [time, rank] = free_at.top();
    free_at.pop();
    const Task* task = queues[rank].next();
    if (task == nullptr) {
      continue;
    }
    double cost = actual_cost[task->number];
    if (task->needs && task->needs != held[rank]) {
      held[rank] = task->needs;
      ++schedule.preparations;
      cost += preparation_cost;
    }
    free_at.emplace(time + cost, rank);
    busy += cost;
    schedule.makespan = std::max(schedule.makespan, time + cost);
  }
  schedule.idle_share = 1.0 - busy / (static_cast<double>(ranks) * schedule.makespan);
  return schedule;
}

}  // namespace spinsweep::engine
