#include "base/interruption.hpp"

#include <array>
#include <atomic>
#include <csignal>

namespace spinsweep {

namespace {

constexpr std::array<int, 3> signals = {SIGTERM, SIGINT, SIGUSR1};
using Clock = std::chrono::steady_clock;

std::atomic<bool> requested = false;
std::atomic<Clock::time_point> deadline = Clock::time_point::max();
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch a lock-free atomic");

extern "C" void note_request(int signal) {
  requested = true;
  if (signal == SIGINT) {
    std::signal(SIGINT, SIG_DFL);
  }
}

}  // namespace

InterruptionSignals::InterruptionSignals() {
  requested = false;
  deadline = Clock::time_point::max();
  struct sigaction action = {};
  action.sa_handler = note_request;
  // System calls continue: a signal must not turn into a failed read or write.
  action.sa_flags = SA_RESTART;
  for (const int signal : signals) {
    sigaction(signal, &action, nullptr);
  }
}

InterruptionSignals::~InterruptionSignals() {
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGUSR1, SIG_IGN);
  deadline = Clock::time_point::max();
}

void interrupt_at(Clock::time_point when) noexcept {
  deadline = when;
}

bool interruption_requested() noexcept {
  return requested || (deadline.load() != Clock::time_point::max() && Clock::now() >= deadline.load());
}

}  // namespace spinsweep
