#pragma once

#include <chrono>
#include <exception>

namespace spinsweep {

/// The program was asked to stop (SIGTERM, SIGINT or SIGUSR1) and has saved what it needs to resume: exit code 75. Not
/// an error.
class Interrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// While an object of this class lives, SIGTERM, SIGINT and SIGUSR1 ask the program to stop instead of ending it. A
/// second SIGINT ends it at once. Afterwards SIGTERM and SIGINT end it as usual; SIGUSR1, by which a batch system asks
/// a job to save its work, is ignored because nothing is left to save.
class InterruptionSignals {
 public:
  InterruptionSignals();
  InterruptionSignals(const InterruptionSignals&) = delete;
  InterruptionSignals& operator=(const InterruptionSignals&) = delete;
  InterruptionSignals(InterruptionSignals&&) = delete;
  InterruptionSignals& operator=(InterruptionSignals&&) = delete;
  ~InterruptionSignals();
};

/// From `when` on the program is asked to stop, as by a signal, while the present InterruptionSignals live.
void interrupt_at(std::chrono::steady_clock::time_point when) noexcept;

/// Whether this process has received one of the signals, or the time of interrupt_at() has come.
[[nodiscard]] bool interruption_requested() noexcept;

}  // namespace spinsweep
