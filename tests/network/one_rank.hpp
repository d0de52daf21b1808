#pragma once

#include "parallel/communicator.hpp"

namespace spinsweep::network {

/// A communicator of this rank alone. It is never destroyed: MPI may have ended before static objects are.
inline const parallel::Communicator& one_rank() {
  static const auto* communicator = new parallel::Communicator(MPI_COMM_SELF);
  return *communicator;
}

}  // namespace spinsweep::network
