#pragma once

#include <chrono>

#include "parallel/communicator.hpp"
#include "parallel/shared_flag.hpp"

namespace spinsweep::sweep {

/// Whether this rank or another one was asked to stop. Made and destroyed collectively, like the flag it holds.
class StopRequest {
 public:
  explicit StopRequest(const parallel::Communicator& communicator) : communicator_(communicator), flag_(communicator) {}

  /// Asks every rank to stop.
  void raise();

  /// Meant to be called after every step of a simulation. A look at the other ranks costs a message, so it is taken
  /// twice a second. Every 20 ms MPI gets to answer the messages of other ranks that wait for this one: not more often,
  /// since with mpi_yield_when_idle each time gives the core away, to whichever other process wants it.
  [[nodiscard]] bool seen();

  /// Without waiting for the next look.
  [[nodiscard]] bool seen_now();

  /// Throws Interrupted if seen().
  void throw_if_seen();

 private:
  void look();

  const parallel::Communicator& communicator_;
  parallel::SharedFlag flag_;
  bool stop_ = false;
  std::chrono::steady_clock::time_point last_look_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_answer_{};
};

}  // namespace spinsweep::sweep
