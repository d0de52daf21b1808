#include "parallel/shared_counter.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "parallel/communicator.hpp"
#include "parallel/progress_messages.hpp"

namespace spinsweep::parallel {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

TEST(SharedCounter, AnswersWhileTheRankThatHoldsItComputes) {
  constexpr double computing = 2.0;
  const Communicator world(MPI_COMM_WORLD);
  SharedCounter counter(world);
  world.barrier();
  const auto start = Clock::now();
  if (world.rank() == 0) {
    // What a rank does inside a case: steps, and a look at MPI after each.
    while (seconds_since(start) < computing) {
      const auto step = Clock::now();
      while (seconds_since(step) < 2e-3) {
      }
      progress_messages(world);
    }
  } else {
    for (int k = 0; k < 20; ++k) {
      (void)counter.next();
    }
    EXPECT_LT(seconds_since(start), computing) << "the number came only when the rank that holds it was done";
  }
  world.barrier();
}

}  // namespace
}  // namespace spinsweep::parallel
