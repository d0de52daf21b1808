#include "engine/watchdog.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <string>
#include <thread>

namespace spinsweep::engine {
namespace {

void compute_for(double seconds) {
  const auto now = [] { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
  for (const double end = now() + seconds; now() < end;) {
  }
}

TEST(Watchdog, IsOverdueAfterComputingWithoutProgress) {
  Watchdog dog("a case", 0.2, [](const std::string&) { FAIL(); });
  dog.reached(1e-12);
  EXPECT_FALSE(dog.is_overdue());
  compute_for(0.25);
  EXPECT_TRUE(dog.is_overdue());
  EXPECT_EQ(dog.reason().substr(0, 30), "no progress in simulated time ");
  EXPECT_NE(dog.reason().find("at 0.001 ns"), std::string::npos) << dog.reason();
}

TEST(Watchdog, TakesTheSameTimeAgainForNoProgress) {
  Watchdog dog("a case", 0.2, [](const std::string&) { FAIL(); });
  dog.reached(1e-12);
  compute_for(0.15);
  dog.reached(1e-12);
  compute_for(0.1);
  EXPECT_TRUE(dog.is_overdue());
  dog.reached(2e-12);
  EXPECT_FALSE(dog.is_overdue());
}

TEST(Watchdog, DoesNotBlameAProcessThatIsNotRunning) {
  const Watchdog dog("a case", 0.05, [](const std::string&) { FAIL(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_FALSE(dog.is_overdue());
}

TEST(Watchdog, EndsAProcessWhoseLoopCallsNothing) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        const Watchdog dog("case 7", 0.1, [](const std::string& reason) {
          const std::string line = "marked: " + reason + "\n";
          [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
        });
        compute_for(1e6);
      },
      testing::ExitedWithCode(3), "marked: no progress in simulated time.*\n.*case 7: no progress");
}

TEST(Watchdog, GivesLargeMeshesMoreTime) {
  EXPECT_EQ(watchdog_limit(5e4), 60.0);
  EXPECT_EQ(watchdog_limit(4e6), 240.0);
}

}  // namespace
}  // namespace spinsweep::engine
