#pragma once

#include <cstdint>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// A counter that every rank can take the next number from: dynamic scheduling without a rank that only schedules.
/// It lives in an MPI one-sided window on rank 0 of the communicator. Making and destroying it is collective, next()
/// is not.
class SharedCounter {
 public:
  explicit SharedCounter(const Communicator& communicator);
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;
  SharedCounter(SharedCounter&&) = delete;
  SharedCounter& operator=(SharedCounter&&) = delete;
  ~SharedCounter();

  /// 0, 1, 2, ...: each number is given once, to one rank.
  [[nodiscard]] std::int64_t next();

 private:
  MPI_Win window_ = MPI_WIN_NULL;
};

}  // namespace spinsweep::parallel
