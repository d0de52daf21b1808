#include "analysis/level_linearity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace spinsweep::analysis {
namespace {

TEST(LevelLinearity, OfEvenLevelsIsPerfect) {
  const auto linearity = level_linearity(std::vector<double>{1.0, 1.5, 2.0, 2.5});
  EXPECT_EQ(linearity.mean_spacing, 0.5);
  EXPECT_EQ(linearity.spacing_variation, 0.0);
  EXPECT_EQ(linearity.differential_nonlinearity, 0.0);
  EXPECT_EQ(linearity.integral_nonlinearity, 0.0);
  EXPECT_DOUBLE_EQ(linearity.determination, 1.0);
}

TEST(LevelLinearity, MeasuresUnevenLevelsInMeanSpacings) {
  const auto linearity = level_linearity(std::vector<double>{0.0, 1.0, 4.0});
  EXPECT_THAT(linearity.spacing, testing::ElementsAre(1.0, 3.0));
  EXPECT_EQ(linearity.mean_spacing, 2.0);
  EXPECT_EQ(linearity.spacing_variation, 0.5);
  EXPECT_EQ(linearity.differential_nonlinearity, 0.5);
  EXPECT_EQ(linearity.integral_nonlinearity, 0.5);
  EXPECT_NEAR(linearity.determination, 12.0 / 13.0, 1e-12);
}

TEST(LevelLinearity, RefusesLevelsThatAreTooFewOrDoNotAscend) {
  EXPECT_THROW((void)level_linearity(std::vector<double>{1.0}), Error);
  EXPECT_THROW((void)level_linearity(std::vector<double>{1.0, 1.0, 2.0}), Error);
}

}  // namespace
}  // namespace spinsweep::analysis
