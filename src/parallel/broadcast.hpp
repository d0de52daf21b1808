#pragma once

#include <cstdint>
#include <string>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// Gives every rank the bytes of the root. MPI counts in int, so they go in messages of at most `largest_message`
/// bytes. Collective. Errors: an Error on all ranks if one has no memory for them.
void broadcast(std::string& bytes, int root, const Communicator& communicator,
               std::uint64_t largest_message = std::uint64_t{1} << 30U);

}  // namespace spinsweep::parallel
