#pragma once

#include <cstdint>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// A number that every rank can add to without the others' help, 0 at first. It lives in an MPI one-sided window on
/// rank 0 of the communicator. Making and destroying it is collective, add() is not.
class SharedInteger {
 public:
  /// Errors: EnvironmentError if MPI refuses.
  explicit SharedInteger(const Communicator& communicator);
  SharedInteger(const SharedInteger&) = delete;
  SharedInteger& operator=(const SharedInteger&) = delete;
  SharedInteger(SharedInteger&&) = delete;
  SharedInteger& operator=(SharedInteger&&) = delete;
  ~SharedInteger();

  /// Adds in one indivisible step. Returns the number as it was before.
  std::int64_t add(std::int64_t number);

 private:
  MPI_Win window_ = MPI_WIN_NULL;
};

}  // namespace spinsweep::parallel
