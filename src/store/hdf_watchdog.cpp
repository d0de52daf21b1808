#include "store/hdf_watchdog.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "startup/exit_code.hpp"

namespace spinsweep::store {

namespace {

std::atomic<const std::string*> current_message = nullptr;
static_assert(std::atomic<const std::string*>::is_always_lock_free,
              "a signal handler may only touch a lock-free atomic");

extern "C" void end_process(int /*signal*/) {
  const std::string* message = current_message;
  if (message != nullptr) {
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, message->data(), message->size());
    ::_exit(broken_environment);
  }
}

void set_timer(std::time_t seconds) {
  itimerval time = {};
  time.it_value.tv_sec = seconds;
  ::setitimer(ITIMER_VIRTUAL, &time, nullptr);
}

}  // namespace

HdfWatchdog::HdfWatchdog(const std::filesystem::path& file, std::time_t limit)
    : message_("spinsweep: " + file.string() + ": truncated or damaged (HDF5 has been reading its structure for " +
               std::to_string(limit) + " s of processor time)\n") {
  current_message = &message_;
  struct sigaction action = {};
  action.sa_handler = end_process;
  action.sa_flags = SA_RESTART;
  sigaction(SIGVTALRM, &action, nullptr);
  set_timer(limit);
}

HdfWatchdog::~HdfWatchdog() {
  set_timer(0);
  current_message = nullptr;
}

}  // namespace spinsweep::store
