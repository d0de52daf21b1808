#include "study/deadline.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <string>

#include "base/interruption.hpp"

namespace spinsweep::study {
namespace {

using std::chrono::seconds;

const Deadline::Clock::time_point now = Deadline::Clock::now();

/// SLURM_JOB_END_TIME for as long as a test needs it.
class EndTime {
 public:
  explicit EndTime(const std::string& value) { setenv("SLURM_JOB_END_TIME", value.c_str(), 1); }
  EndTime(const EndTime&) = delete;
  EndTime& operator=(const EndTime&) = delete;
  EndTime(EndTime&&) = delete;
  EndTime& operator=(EndTime&&) = delete;
  ~EndTime() { unsetenv("SLURM_JOB_END_TIME"); }
};

Deadline deadline_of_this_job() {
  return Deadline::of_this_job(parallel::Communicator(MPI_COMM_WORLD));
}

TEST(Deadline, LeavesTwoMinutesToSaveOrPartOfAShortJob) {
  EXPECT_EQ(Deadline(3600.0, now).when(), now + seconds(3480));
  EXPECT_EQ(Deadline(300.0, now).when(), now + seconds(180));
  EXPECT_EQ(Deadline(100.0, now).when(), now + seconds(60));
}

TEST(Deadline, AllowsWhatFitsInTheTimeLeft) {
  const Deadline deadline(3600.0, now);
  EXPECT_TRUE(deadline.allows(3000.0, now));
  EXPECT_FALSE(deadline.allows(3000.0, now + seconds(600)));
  EXPECT_TRUE(deadline.allows(2000.0, now + seconds(600)));
}

TEST(Deadline, AllowsWhatWouldNotFitInTheWholeJobEither) {
  const Deadline deadline(3600.0, now);
  EXPECT_TRUE(deadline.allows(100'000.0, now + seconds(3000)));
}

TEST(Deadline, AllowsACaseWithoutAnEstimate) {
  EXPECT_TRUE(Deadline(3600.0, now).allows(std::nan(""), now));
}

TEST(Deadline, DoesNotExistOutsideABatchJob) {
  const Deadline deadline = deadline_of_this_job();
  EXPECT_FALSE(deadline.when());
  EXPECT_TRUE(deadline.allows(1e9));
}

TEST(Deadline, IsReadFromTheJobsEnvironment) {
  const EndTime end(std::to_string(std::time(nullptr) + 3600));
  const auto when = deadline_of_this_job().when();
  ASSERT_TRUE(when);
  const std::chrono::duration<double> left = *when - Deadline::Clock::now();
  EXPECT_NEAR(left.count(), 3480.0, 2.0);
}

TEST(Deadline, IsNotAnEndThatIsPast) {
  for (const auto seconds_ago : {1, 100'000}) {
    const EndTime end(std::to_string(std::time(nullptr) - seconds_ago));
    EXPECT_FALSE(deadline_of_this_job().when());
  }
}

TEST(Deadline, IsNotReadFromWhatIsNoNumber) {
  for (const std::string text : {"", "soon", "2026-01-01T00:00:00", "1e9", "12 "}) {
    const EndTime end(text);
    EXPECT_FALSE(deadline_of_this_job().when()) << text;
  }
}

TEST(Interruption, IsRequestedWhenTheTimeIsUp) {
  const InterruptionSignals signals;
  EXPECT_FALSE(interruption_requested());
  interrupt_at(Deadline::Clock::now() + seconds(1000));
  EXPECT_FALSE(interruption_requested());
  interrupt_at(Deadline::Clock::now());
  EXPECT_TRUE(interruption_requested());
}

TEST(Interruption, ForgetsTheTimeWithTheSignals) {
  {
    const InterruptionSignals signals;
    interrupt_at(Deadline::Clock::now());
  }
  const InterruptionSignals signals;
  EXPECT_FALSE(interruption_requested());
}

}  // namespace
}  // namespace spinsweep::study
