#pragma once

#include "parallel/shared_integers.hpp"

namespace spinsweep::parallel {

/// A counter that every rank can take the next number from: dynamic scheduling without a rank that only schedules.
class SharedCounter {
 public:
  explicit SharedCounter(const Communicator& communicator) : number_(communicator, 1) {}

  /// 0, 1, 2, ...: each number is given once, to one rank.
  [[nodiscard]] std::int64_t next() { return number_.add(0, 1); }

 private:
  SharedIntegers number_;
};

}  // namespace spinsweep::parallel
