#include "network/jump_sampler.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace spinsweep::network {
namespace {

using analysis::JumpTable;

/// From 10 to 30 S: at 10 S uniform between 0 and 2, at 30 S between 2 and 6.
const JumpTable spread{{10.0, 30.0}, {0.0, 1.0}, {{0.0, 2.0}, {2.0, 6.0}}};

TEST(JumpSampler, DrawsTheValuesOfTheTableAndIsLinearBetweenThem) {
  const JumpSampler jumps(spread, 10.0, 20.0);
  EXPECT_FLOAT_EQ(jumps.change(0.0F, 0.0F), 0.0F);
  EXPECT_FLOAT_EQ(jumps.change(0.0F, 0.5F), 1.0F / 20.0F);
  EXPECT_FLOAT_EQ(jumps.change(1.0F, 0.25F), 3.0F / 20.0F);
  EXPECT_FLOAT_EQ(jumps.change(0.5F, 0.5F), 2.5F / 20.0F);
}

TEST(JumpSampler, ReadsATableWhosePointsAreNotEquallySpaced) {
  const JumpTable uneven{{0.0, 1.0, 4.0}, {0.0, 0.75, 1.0}, {{0.0, 0.0, 0.0}, {3.0, 3.0, 3.0}, {4.0, 4.0, 4.0}}};
  const JumpSampler jumps(uneven, 0.0, 4.0);
  EXPECT_FLOAT_EQ(jumps.change(0.3F, 0.5F), 2.0F / 4.0F);
  EXPECT_FLOAT_EQ(jumps.change(0.3F, 0.25F), 1.0F / 4.0F);
}

TEST(JumpSampler, HasTheMeanOfItsDraws) {
  const JumpSampler jumps(spread, 10.0, 20.0);
  for (const float g : {0.0F, 0.3F, 1.0F}) {
    double sum = 0.0;
    constexpr int draws = 1000;
    for (int k = 0; k < draws; ++k) {
      sum += static_cast<double>(jumps.change(g, (static_cast<float>(k) + 0.5F) / draws));
    }
    EXPECT_NEAR(sum / draws, static_cast<double>(jumps.mean(g)), 1e-6);
  }
  EXPECT_NEAR(jumps.mean_between(0.0, 1.0), 2.5 / 20.0, 1e-6);
  EXPECT_NEAR(jumps.mean_between(0.5, 1.0), 3.25 / 20.0, 1e-6);
}

TEST(JumpSampler, BeyondItsConductancesDrawsAsAtTheirEnd) {
  const JumpSampler jumps(spread, 0.0, 40.0);
  EXPECT_FLOAT_EQ(jumps.change(0.0F, 0.5F), jumps.change(0.25F, 0.5F));
  EXPECT_FLOAT_EQ(jumps.change(1.0F, 0.5F), jumps.change(0.75F, 0.5F));
  EXPECT_FLOAT_EQ(jumps.mean(1.0F), jumps.mean(0.75F));
}

TEST(JumpSampler, RefusesATableAllOfWhosePulsesStartAtOneConductance) {
  const JumpTable narrow{{10.0, 10.0}, {0.0, 1.0}, {{1.0, 1.0}, {2.0, 2.0}}};
  EXPECT_THROW((void)JumpSampler(narrow, 0.0, 20.0), InputError);
}

TEST(PulseModel, HasTheRangeOfBothTablesTogether) {
  const JumpTable lower{{5.0, 20.0}, {0.0, 1.0}, {{-1.0, -1.0}, {-1.0, -1.0}}};
  const PulseModel pulses({spread, lower});
  EXPECT_EQ(pulses.lowest, 5.0);
  EXPECT_EQ(pulses.span, 25.0);
  EXPECT_FLOAT_EQ(pulses.increasing.change(0.2F, 0.5F), 1.0F / 25.0F) << "at 10 S";
}

TEST(PulseModel, NeedsARangeOfConductance) {
  const JumpTable point{{10.0}, {0.0, 1.0}, {{1.0}, {1.0}}};
  EXPECT_THROW(PulseModel({point, point}), InputError);
  const JumpTable certain{{10.0, 20.0}, {0.0}, {{1.0, 1.0}}};
  EXPECT_THROW(PulseModel({certain, certain}), InputError);
}

}  // namespace
}  // namespace spinsweep::network
