#pragma once

#include "parallel/shared_integers.hpp"

namespace spinsweep::parallel {

/// A flag that any rank may raise and every rank can see without the others' help: how one rank tells the rest to stop.
class SharedFlag {
 public:
  explicit SharedFlag(const Communicator& communicator) : number_(communicator, 1) {}

  void raise() { number_.add(0, 1); }
  [[nodiscard]] bool is_raised() { return number_.get(0) > 0; }

 private:
  SharedIntegers number_;
};

}  // namespace spinsweep::parallel
