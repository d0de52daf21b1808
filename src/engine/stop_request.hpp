#pragma once

#include <chrono>
#include <functional>
#include <utility>

#include "base/interruption.hpp"
#include "parallel/communicator.hpp"
#include "parallel/shared_integers.hpp"

namespace spinsweep::engine {

/// Whether this rank or another one was asked to stop. Made and destroyed collectively, like the number it holds.
class StopRequest {
 public:
  /// asked: whether this rank was, by a signal or otherwise.
  explicit StopRequest(const parallel::Communicator& communicator, std::function<bool()> asked = interruption_requested)
      : communicator_(communicator), raised_(communicator, 1), asked_(std::move(asked)) {}

  /// Asks every rank to stop.
  void raise();

  /// Meant to be called after every step of a simulation. Requests of other ranks are looked up twice a second, since
  /// that costs a message. Every 20 ms MPI can answer messages of other ranks that wait for this one: not more often,
  /// since with mpi_yield_when_idle each time yields the core to other processes.
  [[nodiscard]] bool seen();

  /// Looks at once.
  [[nodiscard]] bool seen_now();

 private:
  void look();

  const parallel::Communicator& communicator_;
  parallel::SharedIntegers raised_;  ///< how often any rank did
  std::function<bool()> asked_;
  bool stop_ = false;
  std::chrono::steady_clock::time_point last_look_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_answer_{};
};

}  // namespace spinsweep::engine
