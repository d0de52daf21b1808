#pragma once

#include <optional>

namespace spinsweep::engine {

/// How far a stage is, in computing time on one core as estimated and in time as measured, s.
struct WorkDone {
  double cost_left = 0.0;         ///< estimated, of what is not finished
  double cost_measured = 0.0;     ///< estimated, of what was begun and finished in this run
  double seconds_measured = 0.0;  ///< its time, summed over the groups of ranks that did it
};

/// The time, s, that the stage still takes if `groups` groups of ranks share it: the estimate, scaled by the ratio of
/// measured to estimated time of the finished part. Nothing before a hundredth of the work, or half a minute, was
/// measured: an estimate alone may be wrong by any factor.
[[nodiscard]] std::optional<double> time_left(const WorkDone& work, int groups);

}  // namespace spinsweep::engine
