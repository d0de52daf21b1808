#pragma once

namespace spinsweep::parallel {

/// MPI, then PETSc, from the first line of main to its last; every other handle lives inside it.
///
/// PETSc takes its options from the environment variable PETSC_OPTIONS only: the command line is ours. If the scope is
/// left by an exception that not all ranks share, finalising would wait for the others for ever, so the whole MPI job
/// is ended instead.
class Session {
 public:
  Session(int* argc, char*** argv);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  Session(Session&&) = delete;
  Session& operator=(Session&&) = delete;
  ~Session();

 private:
  int uncaught_at_start_;
};

/// Ranks that round differently would take different decisions. Collective. Errors: EnvironmentError, on all ranks
/// alike, if not all of them run a program for the same instruction set.
void require_same_instruction_set();

}  // namespace spinsweep::parallel
