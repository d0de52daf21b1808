#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "parallel/shared_integers.hpp"

namespace spinsweep::engine {

/// The work of a stage, of which the progress is a fraction.
struct WorkAhead {
  std::size_t pieces = 0;           ///< cases, or trainings
  double cost = 0.0;                ///< of all pieces and of what they need, on one core as estimated, s
  double seconds_afterwards = 0.0;  ///< that the stages after this one take as estimated, s
  int groups = 1;                   ///< of ranks that share the work
};

/// Reports the progress of a stage on stderr and, as soon as something was measured, the time that the run still takes:
/// a line for each finished piece, from the rank that finished it; on a terminal a bar that stays on one line.
///
/// mpirun passes the stderr of its processes through a pipe, so a rank cannot see by itself whether it ends on a
/// terminal: the first rank looks at the mpirun that started it, and its answer counts for all.
class Progress {
 public:
  /// Collective.
  Progress(std::string stage, const WorkAhead& ahead, const parallel::Communicator& communicator);

  /// Draws the empty bar; on a terminal only.
  void begin() const;

  /// Counts work without a line of its own, such as an initial state. cost: its share of WorkAhead::cost; seconds: its
  /// time.
  void count(double cost, std::optional<double> seconds);

  /// text: the result of the piece in one line. seconds: its time, if all of it was done now.
  void report_done(const std::string& text, double cost, std::optional<double> seconds);
  /// A failure has its line on a terminal too. Its time may be far below the estimate, so it is not measured.
  void report_failed(const std::string& text, double cost);

 private:
  enum Number : std::size_t { pieces_done, cost_done, cost_measured, seconds_measured, numbers };

  void advance(const std::string& text, double cost, std::optional<double> seconds, bool failure);
  /// ", 5 min left", or nothing as long as it is unknown.
  [[nodiscard]] std::string time_left_text(std::size_t done);
  void draw(std::size_t done, const std::string& rest) const;

  std::string stage_;
  WorkAhead ahead_;
  parallel::SharedIntegers shared_;  ///< times in microseconds
  bool is_first_;
  bool terminal_;
};

}  // namespace spinsweep::engine
