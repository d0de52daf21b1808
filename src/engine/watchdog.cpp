#include "engine/watchdog.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <utility>

#include "startup/exit_code.hpp"

namespace spinsweep::engine {

namespace {

double seconds_on(clockid_t clock) {
  timespec now = {};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

[[noreturn]] void end_process(const std::string& message) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, message.data(), message.size());
  ::_exit(broken_environment);
}

}  // namespace

Watchdog::Watchdog(std::string name, double limit, LastResort last_resort)
    : name_(std::move(name)), limit_(limit), last_resort_(std::move(last_resort)) {
  pthread_getcpuclockid(pthread_self(), &clock_);
  last_progress_ = seconds_on(clock_);
  // Signals stay with the watched thread, whose system calls they are meant for.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { watch(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void Watchdog::reached(double time) {
  if (time > time_) {
    time_ = time;
    last_progress_ = seconds_on(clock_);
  }
}

double Watchdog::idle_seconds() const {
  return seconds_on(clock_) - last_progress_;
}

bool Watchdog::is_overdue() const {
  return idle_seconds() > limit_;
}

std::string Watchdog::reason() const {
  return fmt::format("no progress in simulated time for {:.0f} s of computing, at {:.6g} ns", idle_seconds(),
                     std::max(0.0, time_.load()) * 1e9);
}

void Watchdog::watch() {
  constexpr unsigned patience_with_last_resort = 10;
  const auto between_looks = std::chrono::duration<double>(std::clamp(0.1 * limit_, 1e-3, 1.0));
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, between_looks, [this] { return over_; })) {
    if (idle_seconds() > 2.0 * limit_) {
      const std::string reason = this->reason() + ", within a step that does not look at its limits";
      ::alarm(patience_with_last_resort);
      last_resort_(reason);
      end_process(
          fmt::format("spinsweep: {}: {}; the run ends here, and the same command resumes it\n", name_, reason));
    }
  }
}

double watchdog_limit(double cells) {
  constexpr double minute = 60.0;
  constexpr double cells_of_short_steps = 1e6;
  return minute * std::max(1.0, cells / cells_of_short_steps);
}

}  // namespace spinsweep::engine
