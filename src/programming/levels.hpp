#pragma once

#include <optional>
#include <vector>

namespace spinsweep::programming {

/// A level that can be written, as a relaxed wall has it.
struct Level {
  double position = 0.0;     ///< m
  double conductance = 0.0;  ///< S
};

/// The levels of a device: the reset state, then those ahead of it in the direction in which a pulse moves the wall.
class Levels {
 public:
  /// direction: 1 if a pulse moves the wall towards +x, else -1. Levels behind the reset state, or closer than
  /// `resolution` (m) to the one before, are left out.
  Levels(const Level& reset, std::vector<Level> others, double direction, double resolution);

  [[nodiscard]] const std::vector<Level>& list() const { return list_; }
  [[nodiscard]] std::size_t size() const { return list_.size(); }

  /// How far a wall is ahead of the reset state, m.
  [[nodiscard]] double distance(double position) const { return direction_ * (position - list_.front().position); }

  /// The distance where the next level begins, or, of the last one, where the levels end; m. There must be two levels.
  [[nodiscard]] double upper_end(std::size_t level) const;

  /// The level that is nearest to a wall; nothing if the wall is more than half the distance of two levels beyond the
  /// first or the last.
  [[nodiscard]] std::optional<std::size_t> nearest(double position) const;

 private:
  std::vector<Level> list_;
  double direction_;
};

}  // namespace spinsweep::programming
