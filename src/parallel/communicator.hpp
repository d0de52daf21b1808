#pragma once

#include <mpi.h>

#include "base/handle.hpp"

namespace spinsweep::parallel {

void free_communicator(MPI_Comm communicator) noexcept;

/// An MPI communicator of our own: a duplicate, so that our messages never meet a library's. Collective to make and,
/// as MPI demands, to destroy.
class Communicator {
 public:
  /// Duplicates `original`. Errors: EnvironmentError if MPI refuses.
  explicit Communicator(MPI_Comm original);

  /// The ranks that pass the same colour, ordered by their rank here. Collective.
  [[nodiscard]] Communicator split(int colour) const;

  [[nodiscard]] MPI_Comm get() const noexcept { return handle_.get(); }
  [[nodiscard]] int rank() const noexcept { return rank_; }
  [[nodiscard]] int size() const noexcept { return size_; }
  void barrier() const { MPI_Barrier(handle_.get()); }

 private:
  struct Adopt {};
  Communicator(Adopt, MPI_Comm owned);

  UniqueHandle<MPI_Comm, &free_communicator> handle_;
  int rank_ = 0;
  int size_ = 1;
};

}  // namespace spinsweep::parallel
