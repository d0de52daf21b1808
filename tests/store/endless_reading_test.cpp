#include "store/endless_reading.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <thread>

namespace spinsweep::store {
namespace {

void compute_for(double seconds) {
  const std::clock_t start = std::clock();
  while (static_cast<double>(std::clock() - start) < seconds * CLOCKS_PER_SEC) {
  }
}

TEST(EndlessReadingGuard, EndsAProcessThatReadsForTooLongWithOneLineThatNamesTheFile) {
  EXPECT_EXIT(
      {
        const EndlessReadingGuard guard("broken.h5", 1);
        compute_for(60.0);
      },
      testing::ExitedWithCode(3), "^spinsweep: broken.h5: truncated or damaged [^\n]*\n$");
}

TEST(EndlessReadingGuard, LeavesAProcessAloneOnceItIsGone) {
  EXPECT_EXIT(
      {
        { const EndlessReadingGuard guard("sound.h5", 1); }
        compute_for(1.5);
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "");
}

TEST(EndlessReadingGuard, DoesNotCountWaiting) {
  EXPECT_EXIT(
      {
        const EndlessReadingGuard guard("slow_disk.h5", 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(1500));
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace spinsweep::store
