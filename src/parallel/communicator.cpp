#include "parallel/communicator.hpp"

#include "base/error.hpp"

namespace spinsweep::parallel {

void free_communicator(MPI_Comm communicator) noexcept {
  int finalized = 0;
  MPI_Finalized(&finalized);
  if (finalized == 0) {
    MPI_Comm_free(&communicator);
  }
}

namespace {

MPI_Comm duplicate(MPI_Comm original) {
  MPI_Comm copy = MPI_COMM_NULL;
  if (MPI_Comm_dup(original, &copy) != MPI_SUCCESS) {
    throw EnvironmentError("MPI could not duplicate a communicator");
  }
  return copy;
}

}  // namespace

Communicator::Communicator(MPI_Comm original) : Communicator(Adopt{}, duplicate(original)) {}

Communicator::Communicator(Adopt /*tag*/, MPI_Comm owned) : handle_(owned) {
  MPI_Comm_rank(owned, &rank_);
  MPI_Comm_size(owned, &size_);
}

Communicator Communicator::split(int colour) const {
  MPI_Comm part = MPI_COMM_NULL;
  if (MPI_Comm_split(handle_.get(), colour, rank_, &part) != MPI_SUCCESS) {
    throw EnvironmentError("MPI could not split a communicator");
  }
  return {Adopt{}, part};
}

}  // namespace spinsweep::parallel
