#include "parallel/all_gather.hpp"

#include <algorithm>
#include <numeric>

namespace spinsweep::parallel {

std::vector<std::string> all_gather_bytes(const std::string& bytes, const Communicator& communicator,
                                          std::uint64_t largest_message) {
  const auto ranks = static_cast<std::size_t>(communicator.size());
  const auto own = static_cast<std::size_t>(communicator.rank());
  std::vector<std::uint64_t> sizes(ranks);
  sizes[own] = bytes.size();
  MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, sizes.data(), 1, MPI_UINT64_T, communicator.get());

  const std::uint64_t longest = *std::ranges::max_element(sizes);
  const std::uint64_t share = std::max<std::uint64_t>(1, largest_message / ranks);
  std::vector<std::string> all(ranks);
  std::string received;
  collectively(communicator, [&] {
    std::uint64_t largest = 0;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      all[rank].reserve(sizes[rank]);
      largest += std::min(share, sizes[rank]);
    }
    received.resize(largest);
  });
  std::vector<int> counts(ranks);
  std::vector<int> places(ranks);
  for (std::uint64_t begin = 0; begin < longest; begin += share) {
    std::ranges::transform(sizes, counts.begin(), [&](std::uint64_t size) {
      return static_cast<int>(std::min(share, size - std::min(begin, size)));
    });
    std::exclusive_scan(counts.begin(), counts.end(), places.begin(), 0);
    MPI_Allgatherv(bytes.data() + std::min(begin, sizes[own]), counts[own], MPI_BYTE, received.data(), counts.data(),
                   places.data(), MPI_BYTE, communicator.get());
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      all[rank].append(received, static_cast<std::size_t>(places[rank]), static_cast<std::size_t>(counts[rank]));
    }
  }
  return all;
}

}  // namespace spinsweep::parallel
