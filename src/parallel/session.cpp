#include "parallel/session.hpp"

#include <mpi.h>
#include <petscsys.h>

#include <cstdlib>
#include <exception>
#include <string>

#include "base/error.hpp"
#include "base/log.hpp"
#include "parallel/petsc.hpp"
#include "startup/instruction_set.hpp"

namespace spinsweep::parallel {

Session::Session(int* argc, char*** argv) : uncaught_at_start_(std::uncaught_exceptions()) {
  // Debian's Open MPI is set up without its one-sided component for any network ("osc = ^ucx,pt2pt" in
  // openmpi-mca-params.conf), so that no window spans nodes linked by TCP. What the user sets still counts.
  setenv("OMPI_MCA_osc", "^ucx", 0);
  int provided = 0;
  if (MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) {
    throw EnvironmentError("MPI could not be started");
  }
  check_petsc(PetscInitializeNoArguments());
  // PETSc's default handler prints a page per rank; its codes become our exceptions instead.
  check_petsc(PetscPushErrorHandler(PetscReturnErrorHandler, nullptr));
  check_petsc(PetscPopSignalHandler());
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  set_up_log(rank == 0);
}

Session::~Session() {
  if (std::uncaught_exceptions() > uncaught_at_start_) {
    MPI_Abort(MPI_COMM_WORLD, 3);
  }
  PetscFinalize();
  MPI_Finalize();
}

void require_same_instruction_set() {
  const int level = static_cast<int>(compiled_instruction_set().value_or(0));
  int lowest = level;
  int highest = level;
  MPI_Allreduce(&level, &lowest, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  MPI_Allreduce(&level, &highest, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  if (lowest != highest) {
    const std::string common(instruction_sets.at(static_cast<std::size_t>(lowest)));
    throw EnvironmentError("the nodes have different processors, some ranks run the program for " + common +
                           " and some that for " + std::string(instruction_sets.at(static_cast<std::size_t>(highest))) +
                           "; set SPINSWEEP_ISA=" + common + " on all of them");
  }
}

}  // namespace spinsweep::parallel
