#include "analysis/depinning.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace spinsweep::analysis {
namespace {

const std::vector<double> time_steps = {0, 1, 2, 3, 4};

TEST(Passage, IsFoundBetweenSamples) {
  const std::vector<double> position = {0, 10, 12, 30, 40};
  const Passage passage = find_passage(time_steps, position, 4.0, {15.0, 6.0, 6.0}, true);
  EXPECT_DOUBLE_EQ(passage.arrival.value(), 0.9);
  EXPECT_DOUBLE_EQ(passage.departure.value(), 2.5);
  EXPECT_DOUBLE_EQ(passage.delay().value(), 1.6);
}

TEST(Passage, OfAWallDrivenBackwardsIsItsMirrorImage) {
  const std::vector<double> position = {40, 30, 28, 10, 0};
  const Passage passage = find_passage(time_steps, position, 4.0, {25.0, 6.0, 6.0}, false);
  EXPECT_DOUBLE_EQ(passage.arrival.value(), 0.9);
  EXPECT_DOUBLE_EQ(passage.departure.value(), 2.5);
}

TEST(Passage, OfAWallThatOnlyBowsOutIsNoDeparture) {
  const std::vector<double> position = {0, 10, 22, 24, 16};
  EXPECT_TRUE(find_passage(time_steps, position, 4.0, {15.0, 6.0, 6.0}, true).departure.has_value());
  EXPECT_FALSE(find_passage(time_steps, position, 4.0, {15.0, 6.0, 20.0}, true).departure.has_value());
}

TEST(Passage, EndsWithThePulse) {
  const std::vector<double> position = {0, 10, 12, 30, 40};
  const Passage passage = find_passage(time_steps, position, 2.0, {15.0, 6.0, 6.0}, true);
  EXPECT_TRUE(passage.arrival.has_value());
  EXPECT_FALSE(passage.departure.has_value());
  EXPECT_FALSE(passage.delay().has_value());
}

TEST(Passage, OfAWallThatStartsAtTheSiteBeginsAtOnceAndBeyondItNever) {
  const std::vector<double> position = {14, 15, 30, 30, 30};
  EXPECT_EQ(find_passage(time_steps, position, 4.0, {15.0, 6.0, 6.0}, true).arrival.value(), 0.0);
  const Passage beyond = find_passage(time_steps, position, 4.0, {5.0, 6.0, 6.0}, true);
  EXPECT_FALSE(beyond.arrival.has_value());
  EXPECT_FALSE(beyond.departure.has_value());
}

TEST(Passage, RefusesATraceOfUnequalLengths) {
  EXPECT_THROW((void)find_passage(time_steps, std::vector<double>{1.0}, 1.0, {0.0, 1.0, 1.0}, true), Error);
}

TEST(DepinningCurrent, LiesBetweenTheLastThatHeldAndTheFirstThatPassed) {
  const std::vector<Trial> trials = {{.current_density = 4.0, .held = false, .passed = true},
                                     {.current_density = 1.0, .held = false, .passed = false},
                                     {.current_density = 3.0, .held = false, .passed = true},
                                     {.current_density = 2.0, .held = true, .passed = false},
                                     {.current_density = 5.0, .held = true, .passed = false}};
  const auto current = depinning_current(trials);
  EXPECT_EQ(current.held.value(), 2.0);
  EXPECT_EQ(current.passed.value(), 3.0);
}

TEST(DepinningCurrent, IsUnknownWhereNoWallPassed) {
  const std::vector<Trial> trials = {{.current_density = 1.0, .held = true, .passed = false}};
  EXPECT_FALSE(depinning_current(trials).passed.has_value());
  EXPECT_EQ(depinning_current(trials).held.value(), 1.0);
  EXPECT_FALSE(depinning_current({}).held.has_value());
}

TEST(Passage, IsThatOfTheWayTheWallWentWhateverDroveIt) {
  const std::vector<double> forward = {200, 205, 214, 260, 300};
  std::vector<double> backward;
  for (const double x : forward) {
    backward.push_back(400 - x);
  }
  EXPECT_TRUE(moves_forward(time_steps, forward, 4.0));
  EXPECT_FALSE(moves_forward(time_steps, backward, 4.0));
  const Passage one = find_passage(time_steps, forward, 4.0, {200, 16, 32}, moves_forward(time_steps, forward, 4.0));
  const Passage other =
      find_passage(time_steps, backward, 4.0, {200, 16, 32}, moves_forward(time_steps, backward, 4.0));
  EXPECT_EQ(one.arrival, other.arrival);
  ASSERT_TRUE(one.departure);
  EXPECT_EQ(one.departure, other.departure);
}

TEST(Passage, IsJudgedByThePulseAlone) {
  EXPECT_TRUE(moves_forward(time_steps, std::vector<double>{200, 205, 214, 150, 100}, 2.0));
  EXPECT_FALSE(moves_forward(time_steps, std::vector<double>{200, 205, 214, 150, 100}, 3.0));
}

}  // namespace
}  // namespace spinsweep::analysis
