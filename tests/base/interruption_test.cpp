#include "base/interruption.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace spinsweep {
namespace {

TEST(Interruption, IsNotRequestedAtFirst) {
  const InterruptionSignals signals;
  EXPECT_FALSE(interruption_requested());
}

class InterruptionBySignal : public testing::TestWithParam<int> {};

TEST_P(InterruptionBySignal, IsRequestedInsteadOfEndingTheProgram) {
  const InterruptionSignals signals;
  std::raise(GetParam());
  EXPECT_TRUE(interruption_requested());
}

std::string signal_name(const testing::TestParamInfo<int>& info) {
  return info.param == SIGTERM ? "SIGTERM" : info.param == SIGINT ? "SIGINT" : "SIGUSR1";
}

INSTANTIATE_TEST_SUITE_P(Signals, InterruptionBySignal, testing::Values(SIGTERM, SIGINT, SIGUSR1), signal_name);

TEST(Interruption, IsForgottenByTheNextRun) {
  {
    const InterruptionSignals signals;
    std::raise(SIGTERM);
    EXPECT_TRUE(interruption_requested());
  }
  const InterruptionSignals signals;
  EXPECT_FALSE(interruption_requested());
}

TEST(InterruptionDeathTest, EndsTheProgramAtTheSecondControlC) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        const InterruptionSignals signals;
        std::raise(SIGINT);
        std::raise(SIGINT);
      },
      testing::KilledBySignal(SIGINT), "");
}

TEST(InterruptionDeathTest, EndsTheProgramAtOnceWhereNobodyWaitsForIt) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        { const InterruptionSignals signals; }
        std::raise(SIGTERM);
      },
      testing::KilledBySignal(SIGTERM), "");
}

TEST(InterruptionDeathTest, DoesNotEndTheProgramByTheWarningOfABatchSystemOnceTheRunHasEnded) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        { const InterruptionSignals signals; }
        std::raise(SIGUSR1);
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace spinsweep
