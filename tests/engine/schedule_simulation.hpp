#pragma once

#include <cstddef>
#include <vector>

#include "engine/task.hpp"

namespace spinsweep::engine {

/// How a simulated stage would have run.
struct SimulatedSchedule {
  double makespan = 0.0;         ///< until the last rank is done, s
  double idle_share = 0.0;       ///< share of ranks x makespan in which a rank has nothing to do
  std::size_t preparations = 0;  ///< how often a rank prepared a resource
};

/// Runs the engine's own queue without the work: each of `ranks` ranks takes the next task when it is done with its
/// last. Tasks are ordered by their estimated cost (Task::cost) and take actual_cost (s, by the task's number); a
/// resource that the rank does not hold takes preparation_cost before that.
[[nodiscard]] SimulatedSchedule simulate_schedule(const std::vector<Task>& tasks,
                                                  const std::vector<double>& actual_cost, std::size_t ranks,
                                                  double preparation_cost = 0.0);

}  // namespace spinsweep::engine
