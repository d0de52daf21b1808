#include "engine/time_left.hpp"

namespace spinsweep::engine {

std::optional<double> time_left(const WorkDone& work, int groups) {
  // Below these limits the measured pieces may not be typical.
  constexpr double enough_seconds = 30.0;
  constexpr double enough_share = 0.01;
  const bool is_enough = work.seconds_measured >= enough_seconds ||
                         work.cost_measured >= enough_share * (work.cost_measured + work.cost_left);
  if (work.cost_measured <= 0.0 || !is_enough) {
    return std::nullopt;
  }
  return work.cost_left * work.seconds_measured / work.cost_measured / groups;
}

}  // namespace spinsweep::engine
