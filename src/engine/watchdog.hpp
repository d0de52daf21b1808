#pragma once

#include <atomic>
#include <condition_variable>
#include <ctime>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace spinsweep::engine {

/// Watches the thread that makes it for progress in simulated time, without trusting the code which that thread runs.
///
/// Only processor time of that thread counts, so a process that is suspended or starved is not blamed. After `limit`
/// without progress is_overdue() is true, and the simulation should end itself. If it does not within as much time
/// again, a second thread calls `last_resort` and ends the process with the exit code of a broken environment: no
/// exception can leave a loop that calls nothing.
class Watchdog {
 public:
  using LastResort = std::function<void(const std::string& reason)>;

  /// name: what is simulated, for the message. limit: s of processor time. last_resort: is called from another thread
  /// while the watched one may be anywhere in its computation.
  Watchdog(std::string name, double limit, LastResort last_resort);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  Watchdog(Watchdog&&) = delete;
  Watchdog& operator=(Watchdog&&) = delete;
  ~Watchdog();

  /// Simulated time, s, that has been reached. Only a later one than before is progress.
  void reached(double time);

  [[nodiscard]] bool is_overdue() const;

  /// "no progress in simulated time for 60 s of computing, at 0.53 ns"
  [[nodiscard]] std::string reason() const;

 private:
  [[nodiscard]] double idle_seconds() const;
  void watch();

  std::string name_;
  double limit_;
  LastResort last_resort_;
  clockid_t clock_{};  ///< of the watched thread
  std::atomic<double> time_{-1.0};
  std::atomic<double> last_progress_{0.0};  ///< on that clock, s
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread thread_;
};

/// The limit of a simulation on a mesh of `cells` cells, s: a minute, or more where a single step takes seconds.
[[nodiscard]] double watchdog_limit(double cells);

}  // namespace spinsweep::engine
