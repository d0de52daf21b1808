#include "parallel/shared_counter.hpp"

#include "base/error.hpp"

namespace spinsweep::parallel {

SharedCounter::SharedCounter(const Communicator& communicator) {
  const MPI_Aint bytes = communicator.rank() == 0 ? static_cast<MPI_Aint>(sizeof(std::int64_t)) : 0;
  std::int64_t* memory = nullptr;
  if (MPI_Win_allocate(bytes, sizeof(std::int64_t), MPI_INFO_NULL, communicator.get(), static_cast<void*>(&memory),
                       &window_) != MPI_SUCCESS) {
    throw EnvironmentError("MPI could not make the window of the shared case counter");
  }
  if (communicator.rank() == 0) {
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, window_);
    *memory = 0;
    MPI_Win_unlock(0, window_);
  }
  communicator.barrier();
}

SharedCounter::~SharedCounter() {
  MPI_Win_free(&window_);
}

std::int64_t SharedCounter::next() {
  const std::int64_t one = 1;
  std::int64_t number = 0;
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window_);
  MPI_Fetch_and_op(&one, &number, MPI_INT64_T, 0, 0, MPI_SUM, window_);
  MPI_Win_unlock(0, window_);
  return number;
}

}  // namespace spinsweep::parallel
