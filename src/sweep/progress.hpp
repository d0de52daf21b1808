#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "parallel/shared_counter.hpp"

namespace spinsweep::sweep {

/// Tells on stderr how far a stage is: a line for each finished case, by whichever rank finished it; on a terminal a
/// bar that stays on one line.
class Progress {
 public:
  /// Collective. total: how many cases this run has to do.
  Progress(std::string stage, std::size_t total, const parallel::Communicator& communicator);

  /// `text` says what came of the case, in one line.
  void finished(const std::string& text);
  /// A failure gets its line on a terminal too.
  void failed(const std::string& text);

 private:
  void advance(const std::string& text, bool failure);

  std::string stage_;
  std::size_t total_;
  parallel::SharedCounter count_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool terminal_;
};

/// "45 s", "12 min", "3.4 h".
[[nodiscard]] std::string duration(double seconds);

}  // namespace spinsweep::sweep
