#include "fuzz/end_observer.hpp"

#include <dlfcn.h>
#include <execinfo.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <span>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace spinsweep::fuzz {

namespace {

constexpr int most_frames = 64;

EndedIn* noted_place = nullptr;

/// not_ended for a library that is neither HDF5 nor this program.
EndedIn owner_of(void* address) {
  Dl_info found{};
  Dl_info own{};
  if (::dladdr(address, &found) == 0 || ::dladdr(reinterpret_cast<void*>(&observe_end), &own) == 0) {
    return EndedIn::not_ended;
  }
  if (found.dli_fbase == own.dli_fbase) {
    return EndedIn::own_code;
  }
  return std::strstr(found.dli_fname, "libhdf5") != nullptr ? EndedIn::hdf5 : EndedIn::not_ended;
}

EndedIn innermost_owner(std::span<void* const> frames) {
  for (void* frame : frames) {
    const EndedIn owner = owner_of(frame);
    if (owner != EndedIn::not_ended) {
      return owner;
    }
  }
  return EndedIn::own_code;
}

/// Leaves out the observer's own functions, before which the sanitizer's backtrace() and behind which the C library's
/// or the sanitizer's come.
std::span<void* const> behind_the_observer(std::span<void* const> frames) {
  while (!frames.empty() && owner_of(frames.front()) != EndedIn::own_code) {
    frames = frames.subspan(1);
  }
  while (!frames.empty() && owner_of(frames.front()) == EndedIn::own_code) {
    frames = frames.subspan(1);
  }
  return frames;
}

/// Memory of ours that HDF5 was given too small would be our mistake.
EndedIn owner_of_bad_memory() {
#ifdef __SANITIZE_ADDRESS__
  if (__asan_report_present() != 0) {
    std::array<void*, most_frames> frames{};
    int thread = 0;
    const std::size_t depth = __asan_get_alloc_stack(__asan_get_report_address(), frames.data(), most_frames, &thread);
    if (depth > 0) {
      return innermost_owner(std::span(frames).first(depth));
    }
  }
#endif
  return EndedIn::hdf5;
}

void note_end() {
  std::array<void*, most_frames> frames{};
  const int depth = ::backtrace(frames.data(), most_frames);
  ::backtrace_symbols_fd(frames.data(), depth, STDERR_FILENO);
  const EndedIn owner = innermost_owner(behind_the_observer(std::span(frames).first(static_cast<std::size_t>(depth))));
  *noted_place = owner == EndedIn::hdf5 ? owner_of_bad_memory() : owner;
}

void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  note_end();
  std::raise(signal);
}

}  // namespace

void observe_end(EndedIn& place) {
  noted_place = &place;
  // The first call loads a library, which a process that is about to crash no longer can.
  std::array<void*, 1> frame{};
  ::backtrace(frame.data(), 1);
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_set_death_callback(note_end);
#endif
  // Open MPI has put its own handlers in the sanitizer's place.
  std::signal(SIGSEGV, end_by);
  std::signal(SIGBUS, end_by);
  std::signal(SIGFPE, end_by);
  std::signal(SIGABRT, end_by);
  std::signal(SIGALRM, end_by);
  std::signal(SIGPROF, end_by);
}

}  // namespace spinsweep::fuzz
