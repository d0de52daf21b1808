#pragma once

#include <exception>
#include <utility>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// What run_together() does with an exception. Collective among the ranks that have one; returns by throwing.
[[noreturn]] void meet_after_error(const Communicator& meeting, const std::exception_ptr& own);

/// Runs `work`, which is collective itself and throws on all ranks alike or on none. What it throws is thrown on all
/// ranks as by agree().
///
/// If one rank throws alone after all, for lack of memory say, the others are waiting in the middle of `work` for what
/// it will never send, and nothing can call them back. Then that rank says why and ends the whole MPI job with exit
/// code 3: at once for lack of memory, otherwise when the others have not come to the same end within seconds.
template <class Work>
void run_together(const Communicator& communicator, Work&& work) {
  if (communicator.size() == 1) {
    std::forward<Work>(work)();
    return;
  }
  // Messages of its own: those of `work` may lie about unreceived.
  const Communicator meeting(communicator.get());
  try {
    std::forward<Work>(work)();
  } catch (...) {
    meet_after_error(meeting, std::current_exception());
  }
}

}  // namespace spinsweep::parallel
