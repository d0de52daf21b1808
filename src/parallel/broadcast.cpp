#include "parallel/broadcast.hpp"

#include <algorithm>

#include "parallel/agree.hpp"

namespace spinsweep::parallel {

void broadcast_bytes(std::string& bytes, int root, const Communicator& communicator, std::uint64_t largest_message) {
  std::uint64_t size = bytes.size();
  MPI_Bcast(&size, 1, MPI_UINT64_T, root, communicator.get());
  collectively(communicator, [&] { bytes.resize(size); });
  for (std::uint64_t begin = 0; begin < size; begin += largest_message) {
    MPI_Bcast(bytes.data() + begin, static_cast<int>(std::min(largest_message, size - begin)), MPI_BYTE, root,
              communicator.get());
  }
}

}  // namespace spinsweep::parallel
