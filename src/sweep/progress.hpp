#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "parallel/shared_integer.hpp"

namespace spinsweep::sweep {

/// What a stage has to do.
struct Workload {
  std::size_t pieces = 0;           ///< cases, or trainings
  double cost = 0.0;                ///< of all pieces on one core as foreseen, s
  double seconds_afterwards = 0.0;  ///< that the stages after this one take as foreseen, s
};

/// Tells on stderr how far a stage is and how long the run still takes: a line for each finished piece, by whichever
/// rank finished it; on a terminal a bar that stays on one line.
///
/// mpirun hands its processes' stderr through a pipe, so a rank cannot see by itself whether it ends on a terminal:
/// the first rank looks at the mpirun that started it, and its answer counts for all.
class Progress {
 public:
  /// Collective.
  Progress(std::string stage, const Workload& workload, const parallel::Communicator& communicator);

  /// Shows how long all of it will take; on a terminal only.
  void begin() const;

  /// `text` says what came of the piece, in one line; cost: its share of Workload::cost.
  void finished(const std::string& text, double cost);
  /// A failure gets its line on a terminal too.
  void failed(const std::string& text, double cost);

 private:
  void advance(const std::string& text, double cost, bool failure);
  void draw(std::size_t pieces_done, double seconds_left) const;

  std::string stage_;
  Workload workload_;
  parallel::SharedInteger pieces_done_;
  parallel::SharedInteger cost_done_;  ///< microseconds
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  int ranks_;
  bool is_first_;
  bool terminal_;
};

/// "45 s", "12 min", "3.4 h".
[[nodiscard]] std::string duration(double seconds);

}  // namespace spinsweep::sweep
