#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "parallel/agree.hpp"
#include "parallel/communicator.hpp"
#include "parallel/serialize.hpp"

namespace spinsweep::parallel {

/// Gives every rank the bytes of the root. MPI counts in int, so they are sent in messages of at most `largest_message`
/// bytes. Collective. Errors: an Error on all ranks if one has no memory for them.
void broadcast_bytes(std::string& bytes, int root, const Communicator& communicator,
                     std::uint64_t largest_message = std::uint64_t{1} << 30U);

/// The root's value, on all ranks; what the others pass is ignored. T: trivially copyable, or serializable by
/// Boost.Serialization. Collective. Errors: an Error on all ranks if one has not enough memory.
template <class T>
[[nodiscard]] T broadcast(T value, const Communicator& communicator, int root = 0) {
  if (communicator.size() == 1) {
    return value;
  }
  if constexpr (std::is_trivially_copyable_v<T>) {
    MPI_Bcast(&value, sizeof value, MPI_BYTE, root, communicator.get());
  } else if constexpr (std::is_same_v<T, std::string>) {
    broadcast_bytes(value, root, communicator);
  } else {
    std::string bytes;
    collectively(communicator, [&] {
      if (communicator.rank() == root) {
        bytes = to_bytes(value);
      }
    });
    broadcast_bytes(bytes, root, communicator);
    collectively(communicator, [&] {
      if (communicator.rank() != root) {
        value = from_bytes<T>(bytes);
      }
    });
  }
  return value;
}

}  // namespace spinsweep::parallel
