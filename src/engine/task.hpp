#pragma once

#include <cstddef>
#include <optional>

namespace spinsweep::engine {

/// The unit of work of a group of ranks. It may consist of several pieces, each with a status of its own.
struct Task {
  std::size_t number = 0;              ///< which of the stage's tasks it is
  double cost = 0.0;                   ///< estimated computing time on one core, s
  bool has_checkpoint = false;         ///< an earlier run began it
  std::optional<std::size_t> needs{};  ///< which of the stage's resources it cannot begin without
};

}  // namespace spinsweep::engine
