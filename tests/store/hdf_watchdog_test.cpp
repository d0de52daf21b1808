#include "store/hdf_watchdog.hpp"

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

TEST(HdfWatchdog, EndsAProcessThatReadsForTooLongWithOneLineThatNamesTheFile) {
  EXPECT_EXIT(
      {
        const HdfWatchdog watchdog("broken.h5", 1);
        compute_for(60.0);
      },
      testing::ExitedWithCode(3), "^spinsweep: broken.h5: truncated or damaged [^\n]*\n$");
}

TEST(HdfWatchdog, LeavesAProcessAloneOnceItIsGone) {
  EXPECT_EXIT(
      {
        { const HdfWatchdog watchdog("sound.h5", 1); }
        compute_for(1.5);
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "");
}

TEST(HdfWatchdog, DoesNotCountWaiting) {
  EXPECT_EXIT(
      {
        const HdfWatchdog watchdog("slow_disk.h5", 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(1500));
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace spinsweep::store
