#pragma once

#include <mpi.h>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// A barrier that this rank has entered and does not wait in: it can do something else until all ranks have entered.
/// Collective to make, and to destroy, which waits for the others.
class PassingBarrier {
 public:
  explicit PassingBarrier(const Communicator& communicator) { MPI_Ibarrier(communicator.get(), &request_); }
  PassingBarrier(const PassingBarrier&) = delete;
  PassingBarrier& operator=(const PassingBarrier&) = delete;
  PassingBarrier(PassingBarrier&&) = delete;
  PassingBarrier& operator=(PassingBarrier&&) = delete;
  ~PassingBarrier() { MPI_Wait(&request_, MPI_STATUS_IGNORE); }

  /// Whether all ranks have entered.
  [[nodiscard]] bool passed() {
    int all = 0;
    MPI_Test(&request_, &all, MPI_STATUS_IGNORE);
    return all != 0;
  }

 private:
  MPI_Request request_ = MPI_REQUEST_NULL;
};

}  // namespace spinsweep::parallel
