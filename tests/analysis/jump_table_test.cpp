#include "analysis/jump_table.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/error.hpp"

namespace spinsweep::analysis {
namespace {

/// Jumps of mean 2 and standard deviation 0.5, from conductances between 10 and 30.
std::vector<Jump> normal_jumps() {
  std::mt19937_64 generator(3);
  std::normal_distribution<double> change(2.0, 0.5);
  std::uniform_real_distribution<double> conductance(10.0, 30.0);
  std::vector<Jump> jumps;
  for (int k = 0; k < 4000; ++k) {
    jumps.push_back({conductance(generator), change(generator)});
  }
  return jumps;
}

TEST(JumpTable, HasTheDistributionOfTheJumpsItIsMadeOf) {
  const JumpTable table = jump_table(normal_jumps(), 21, 200);
  EXPECT_NEAR(table.conductance.front(), 10.0, 0.1);
  EXPECT_NEAR(table.conductance.back(), 30.0, 0.1);
  EXPECT_EQ(table.probability.front(), 0.0);
  EXPECT_EQ(table.probability.back(), 1.0);
  for (std::size_t c = 0; c < 21; ++c) {
    EXPECT_NEAR(table.change[10][c], 2.0, 0.2) << "the median";
    for (std::size_t k = 1; k < 21; ++k) {
      EXPECT_GE(table.change[k][c], table.change[k - 1][c]);
    }
  }
  const JumpStatistics statistics = jump_statistics(table);
  EXPECT_NEAR(statistics.pulses, 10.0, 0.3);
  EXPECT_NEAR(statistics.cycle_to_cycle, 0.25, 0.05);
  EXPECT_EQ(statistics.wrong_sign, 0.0);
}

TEST(JumpTable, FollowsAChangeThatDependsOnTheConductance) {
  std::vector<Jump> jumps;
  for (int k = 0; k <= 1000; ++k) {
    jumps.push_back({1.0 + k / 1000.0, 3.0 - k / 1000.0});
  }
  const JumpTable table = jump_table(jumps, 11, 20);
  for (std::size_t c = 0; c < 11; ++c) {
    EXPECT_NEAR(table.change[5][c], 4.0 - table.conductance[c], 0.02);
  }
}

TEST(JumpTable, CountsChangesOfTheWrongSign) {
  std::vector<Jump> jumps;
  for (int k = 0; k < 100; ++k) {
    jumps.push_back({1.0 + 1e-3 * (k % 2), k % 10 == 0 ? 1.0 : -2.0});
  }
  EXPECT_NEAR(jump_statistics(jump_table(jumps, 11, 100)).wrong_sign, 0.1, 0.05);
}

TEST(JumpTable, BeyondTheJumpsIsThatOfTheNearestOnes) {
  const std::vector<Jump> jumps = {{1.0, 0.1}, {2.0, 0.2}, {3.0, 0.3}};
  const JumpTable table = jump_table(jumps, 5, 1, ConductanceRange{0.0, 4.0});
  EXPECT_EQ(table.conductance, (std::vector<double>{0.0, 1.0, 2.0, 3.0, 4.0}));
  EXPECT_EQ(table.change[0], (std::vector<double>{0.1, 0.1, 0.2, 0.3, 0.3}));
}

TEST(JumpTable, NeedsJumps) {
  EXPECT_THROW((void)jump_table({}, 11, 20), Error);
  EXPECT_THROW((void)jump_table(std::vector<Jump>{{1.0, 1.0}}, 1, 20), Error);
  EXPECT_EQ(jump_table(std::vector<Jump>{{1.0, 0.5}}, 2, 20).change[1][1], 0.5);
}

}  // namespace
}  // namespace spinsweep::analysis
