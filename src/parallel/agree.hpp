#pragma once

#include <exception>
#include <utility>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// Collective. If any rank passes an exception, every rank throws an error of the same kind (InputError,
/// EnvironmentError, SimulationError or Error) with the message of the lowest such rank. If none does but some pass
/// Interrupted, every rank throws that. Otherwise returns.
void agree(const Communicator& communicator, const std::exception_ptr& pending);

/// Runs `work` on every rank; if it throws on one, all ranks throw, so that one rank's error never leaves the others
/// waiting in a collective call. `work` itself must not contain collective calls that another rank would miss if it
/// threw.
template <class Work>
void collectively(const Communicator& communicator, Work&& work) {
  std::exception_ptr pending;
  try {
    std::forward<Work>(work)();
  } catch (...) {
    pending = std::current_exception();
  }
  agree(communicator, pending);
}

}  // namespace spinsweep::parallel
