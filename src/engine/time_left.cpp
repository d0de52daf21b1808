#include "engine/time_left.hpp"

namespace spinsweep::engine {

std::optional<double> time_left(const WorkDone& work, int groups) {
  if (work.cost_measured <= 0.0) {
    return std::nullopt;
  }
  return work.cost_left * work.seconds_measured / work.cost_measured / groups;
}

}  // namespace spinsweep::engine
