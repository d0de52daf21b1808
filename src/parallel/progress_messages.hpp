#pragma once

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// Lets MPI answer requests of other ranks to the windows of this one. Within a node Open MPI needs no help for that;
/// across nodes a fetch-and-add may wait until the rank that owns the number is inside MPI, and a computing rank never
/// is.
void progress_messages(const Communicator& communicator);

}  // namespace spinsweep::parallel
