#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "parallel/shared_integers.hpp"

namespace spinsweep::engine {

/// What the progress of a stage is measured against.
struct WorkAhead {
  std::size_t pieces = 0;           ///< cases, or trainings
  double cost = 0.0;                ///< of all pieces and of what they need, on one core as estimated, s
  double seconds_afterwards = 0.0;  ///< that the stages after this one take as estimated, s
  int groups = 1;                   ///< of ranks that share the work
};

/// Tells on stderr how far a stage is and, as soon as something was measured, how long the run still takes: a line for
/// each finished piece, by whichever rank finished it; on a terminal a bar that stays on one line.
///
/// mpirun hands its processes' stderr through a pipe, so a rank cannot see by itself whether it ends on a terminal:
/// the first rank looks at the mpirun that started it, and its answer counts for all.
class Progress {
 public:
  /// Collective.
  Progress(std::string stage, const WorkAhead& ahead, const parallel::Communicator& communicator);

  /// Draws the empty bar; on a terminal only.
  void begin() const;

  /// Something that no line tells of, as an initial state. cost: its share of WorkAhead::cost; seconds: what it took.
  void count(double cost, std::optional<double> seconds);

  /// `text` says in one line what came of the piece. seconds: what it took, if all of it was done now.
  void report_done(const std::string& text, double cost, std::optional<double> seconds);
  /// A failure gets its line on a terminal too. It may have come long before the estimated time, and measures nothing.
  void report_failed(const std::string& text, double cost);

 private:
  enum Number : std::size_t { pieces_done, cost_done, cost_measured, seconds_measured, numbers };

  void advance(const std::string& text, double cost, std::optional<double> seconds, bool failure);
  /// ", 5 min left", or nothing as long as that is not known.
  [[nodiscard]] std::string time_left_text(std::size_t done);
  void draw(std::size_t done, const std::string& rest) const;

  std::string stage_;
  WorkAhead ahead_;
  parallel::SharedIntegers shared_;  ///< times in microseconds
  bool is_first_;
  bool terminal_;
};

}  // namespace spinsweep::engine
