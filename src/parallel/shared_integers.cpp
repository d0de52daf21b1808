#include "parallel/shared_integers.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace spinsweep::parallel {

SharedIntegers::SharedIntegers(const Communicator& communicator, std::size_t count) : count_(count) {
  const MPI_Aint bytes = communicator.rank() == 0 ? static_cast<MPI_Aint>(count * sizeof(std::int64_t)) : 0;
  std::int64_t* memory = nullptr;
  if (MPI_Win_allocate(bytes, sizeof(std::int64_t), MPI_INFO_NULL, communicator.get(), static_cast<void*>(&memory),
                       &window_) != MPI_SUCCESS) {
    throw EnvironmentError("MPI could not create the window of shared numbers");
  }
  if (communicator.rank() == 0) {
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, window_);
    std::fill_n(memory, count, 0);
    MPI_Win_unlock(0, window_);
  }
  communicator.barrier();
}

SharedIntegers::~SharedIntegers() {
  MPI_Win_free(&window_);
}

std::int64_t SharedIntegers::add(std::size_t index, std::int64_t number) {
  std::int64_t before = 0;
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window_);
  MPI_Fetch_and_op(&number, &before, MPI_INT64_T, 0, static_cast<MPI_Aint>(index), MPI_SUM, window_);
  MPI_Win_unlock(0, window_);
  return before;
}

std::vector<std::int64_t> SharedIntegers::all() {
  std::vector<std::int64_t> numbers(count_);
  const int count = static_cast<int>(count_);
  MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, window_);
  // Unlike MPI_Get, this is defined while other ranks add.
  MPI_Get_accumulate(nullptr, 0, MPI_INT64_T, numbers.data(), count, MPI_INT64_T, 0, 0, count, MPI_INT64_T, MPI_NO_OP,
                     window_);
  MPI_Win_unlock(0, window_);
  return numbers;
}

}  // namespace spinsweep::parallel
