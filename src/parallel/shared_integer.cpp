#include "parallel/shared_integer.hpp"

#include "base/error.hpp"

namespace spinsweep::parallel {

SharedInteger::SharedInteger(const Communicator& communicator) {
  const MPI_Aint bytes = communicator.rank() == 0 ? static_cast<MPI_Aint>(sizeof(std::int64_t)) : 0;
  std::int64_t* memory = nullptr;
  if (MPI_Win_allocate(bytes, sizeof(std::int64_t), MPI_INFO_NULL, communicator.get(), static_cast<void*>(&memory),
                       &window_) != MPI_SUCCESS) {
    throw EnvironmentError("MPI could not make the window of a shared number");
  }
  if (communicator.rank() == 0) {
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, window_);
    *memory = 0;
    MPI_Win_unlock(0, window_);
  }
  communicator.barrier();
}

SharedInteger::~SharedInteger() {
  MPI_Win_free(&window_);
}

std::int64_t SharedInteger::add(std::int64_t number) {
  std::int64_t before = 0;
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window_);
  MPI_Fetch_and_op(&number, &before, MPI_INT64_T, 0, 0, MPI_SUM, window_);
  MPI_Win_unlock(0, window_);
  return before;
}

}  // namespace spinsweep::parallel
