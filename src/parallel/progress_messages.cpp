#include "parallel/progress_messages.hpp"

namespace spinsweep::parallel {

void progress_messages(const Communicator& communicator) {
  int pending = 0;
  // Nobody sends on this communicator: probing is what makes MPI look at its queues.
  MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, communicator.get(), &pending, MPI_STATUS_IGNORE);
}

}  // namespace spinsweep::parallel
