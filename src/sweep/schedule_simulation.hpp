#pragma once

#include <vector>

#include "sweep/task_queue.hpp"

namespace spinsweep::sweep {

/// What a simulated sweep would have come to.
struct SimulatedSchedule {
  double makespan = 0.0;    ///< until the last rank is done, s
  double idle_share = 0.0;  ///< share of ranks x makespan in which a rank has nothing to do
};

/// Runs the stage's own queue without the cases: each of `ranks` ranks takes the next task when it is done with its
/// last, tasks begin in the order of their estimated cost (Task::cost) and last actual_cost (s, by the index of the
/// task's first case).
[[nodiscard]] SimulatedSchedule simulate_schedule(const std::vector<Task>& tasks,
                                                  const std::vector<double>& actual_cost, std::size_t ranks);

}  // namespace spinsweep::sweep
