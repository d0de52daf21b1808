#pragma once

#include "parallel/shared_integer.hpp"

namespace spinsweep::parallel {

/// A flag that any rank may raise and every rank can see without the others' help: how one rank tells the rest to stop.
class SharedFlag {
 public:
  explicit SharedFlag(const Communicator& communicator) : number_(communicator) {}

  void raise() { number_.add(1); }
  [[nodiscard]] bool is_raised() { return number_.add(0) > 0; }

 private:
  SharedInteger number_;
};

}  // namespace spinsweep::parallel
