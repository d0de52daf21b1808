#pragma once

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// Lets MPI answer what other ranks ask of this one's windows. Within a node Open MPI needs no help for that, but
/// across nodes a fetch-and-add may wait until the rank that owns the number is inside MPI, and a rank that computes
/// never is.
void progress_messages(const Communicator& communicator);

}  // namespace spinsweep::parallel
