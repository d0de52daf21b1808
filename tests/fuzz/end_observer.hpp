#pragma once

#include <cstdint>

namespace spinsweep::fuzz {

/// Whose code a process was in when it ended against its will.
enum class EndedIn : std::uint8_t { not_ended, own_code, hdf5 };

/// From here on a crash, an abort or SIGALRM writes its stack to stderr and `place`, which may lie in shared memory,
/// before it ends the process. HDF5 it is when the innermost functions, those of the C library and of sanitizers left
/// out, are HDF5's, and so is the memory that an address sanitizer complains of.
void observe_end(EndedIn& place);

}  // namespace spinsweep::fuzz
