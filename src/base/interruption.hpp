#pragma once

#include <chrono>
#include <exception>

namespace spinsweep {

/// The program was asked to stop (SIGTERM, SIGINT or SIGUSR1) and has saved what it needs to go on: exit code 75. Not
/// an error.
class Interrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// While an object of this class lives, SIGTERM, SIGINT and SIGUSR1 ask the program to stop instead of ending it. A
/// second SIGINT ends it at once. Afterwards the first two end it as usual, while SIGUSR1, by which a batch system asks
/// to save what is under way, finds nothing left to save and is ignored.
class InterruptionSignals {
 public:
  InterruptionSignals();
  InterruptionSignals(const InterruptionSignals&) = delete;
  InterruptionSignals& operator=(const InterruptionSignals&) = delete;
  InterruptionSignals(InterruptionSignals&&) = delete;
  InterruptionSignals& operator=(InterruptionSignals&&) = delete;
  ~InterruptionSignals();
};

/// Ends the program's time: from `when` on it is asked to stop, as by a signal. For as long as the present
/// InterruptionSignals live.
void interrupt_at(std::chrono::steady_clock::time_point when) noexcept;

/// Whether one of the signals has come to this process, or the time of interrupt_at().
[[nodiscard]] bool interruption_requested() noexcept;

}  // namespace spinsweep
