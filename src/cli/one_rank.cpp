#include "cli/one_rank.hpp"

#include <mpi.h>

#include "base/error.hpp"

namespace spinsweep::cli {

void require_one_rank(const std::string& command) {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (ranks > 1) {
    throw InputError(command + " runs on one rank; start it without mpirun");
  }
}

}  // namespace spinsweep::cli
