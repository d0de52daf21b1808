#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// Numbers, initially 0, that every rank can read and add to without action by the others. They live in an MPI
/// one-sided window on rank 0 of the communicator. Making and destroying it is collective, the rest is not.
class SharedIntegers {
 public:
  /// Errors: EnvironmentError if MPI refuses.
  SharedIntegers(const Communicator& communicator, std::size_t count);
  SharedIntegers(const SharedIntegers&) = delete;
  SharedIntegers& operator=(const SharedIntegers&) = delete;
  SharedIntegers(SharedIntegers&&) = delete;
  SharedIntegers& operator=(SharedIntegers&&) = delete;
  ~SharedIntegers();

  /// Adds in one indivisible step. Returns the number as it was before.
  std::int64_t add(std::size_t index, std::int64_t number);

  [[nodiscard]] std::int64_t get(std::size_t index) { return add(index, 0); }

  /// All numbers, each as it was at some instant of the call.
  [[nodiscard]] std::vector<std::int64_t> all();

 private:
  std::size_t count_;
  MPI_Win window_ = MPI_WIN_NULL;
};

}  // namespace spinsweep::parallel
