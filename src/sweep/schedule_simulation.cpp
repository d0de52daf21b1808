#include "sweep/schedule_simulation.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>

namespace spinsweep::sweep {

namespace {

struct PlainCounter {
  std::int64_t number = 0;
  std::int64_t next() { return number++; }
};

}  // namespace

SimulatedSchedule simulate_schedule(const std::vector<Task>& tasks, const std::vector<double>& actual_cost,
                                    std::size_t ranks) {
  PlainCounter counter;
  TaskQueue<PlainCounter> queue(tasks, counter);
  // When each rank is free.
  std::priority_queue<double, std::vector<double>, std::greater<>> free_at(std::greater<>(),
                                                                           std::vector<double>(ranks, 0.0));
  SimulatedSchedule schedule;
  double busy = 0.0;
  while (const Task* task = queue.next()) {
    const double cost = actual_cost[task->cases.front()];
    const double end = free_at.top() + cost;
    free_at.pop();
    free_at.push(end);
    busy += cost;
    schedule.makespan = std::max(schedule.makespan, end);
  }
  schedule.idle_share = 1.0 - busy / (static_cast<double>(ranks) * schedule.makespan);
  return schedule;
}

}  // namespace spinsweep::sweep
