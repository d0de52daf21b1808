#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parallel/agree.hpp"
#include "parallel/communicator.hpp"
#include "parallel/serialize.hpp"

namespace spinsweep::parallel {

/// The bytes of all ranks, by rank. MPI counts in int, so they travel in messages of at most `largest_message` bytes
/// from all ranks together, but at least one byte from each. Collective. Errors: an Error on all ranks if one has no
/// memory for them.
[[nodiscard]] std::vector<std::string> all_gather_bytes(const std::string& bytes, const Communicator& communicator,
                                                        std::uint64_t largest_message = std::uint64_t{1} << 30U);

/// The values of all ranks, by rank. T: serializable by Boost.Serialization. Collective. Errors: an Error on all ranks
/// if one has not enough memory.
template <class T>
[[nodiscard]] std::vector<T> all_gather(const T& value, const Communicator& communicator) {
  std::string bytes;
  collectively(communicator, [&] { bytes = to_bytes(value); });
  const std::vector<std::string> all = all_gather_bytes(bytes, communicator);
  std::vector<T> values;
  collectively(communicator, [&] {
    for (const std::string& each : all) {
      values.push_back(from_bytes<T>(each));
    }
  });
  return values;
}

}  // namespace spinsweep::parallel
