#pragma once

#include <exception>
#include <utility>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// What run_collective() does with an exception. Collective among the ranks that have one; returns by throwing.
[[noreturn]] void abort_or_rethrow(const Communicator& meeting, const std::exception_ptr& own);

/// Runs `work`, which is collective itself and throws on all ranks alike or on none. Its error is thrown on all ranks
/// as by agree().
///
/// If one rank nevertheless throws alone, for lack of memory say, the others wait in the middle of `work` for a message
/// that it will never send, and nothing can call them back. Then that rank prints the reason and ends the whole MPI job
/// with exit code 3: at once for lack of memory, otherwise if the others have not thrown too within seconds.
template <class Work>
void run_collective(const Communicator& communicator, Work&& work) {
  if (communicator.size() == 1) {
    std::forward<Work>(work)();
    return;
  }
  // A communicator of its own: messages of `work` may still be unreceived.
  const Communicator meeting(communicator.get());
  try {
    std::forward<Work>(work)();
  } catch (...) {
    abort_or_rethrow(meeting, std::current_exception());
  }
}

}  // namespace spinsweep::parallel
