#include "network/evaluation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace spinsweep::network {
namespace {

TEST(Evaluation, CallsChanceWhatIsWithinThreeStandardDeviationsOfGuessing) {
  // Ten classes and 10,000 images: a standard deviation of 0.003; two classes and 100 images: of 0.05.
  EXPECT_TRUE(is_chance_level(0.108, 10, 10'000));
  EXPECT_FALSE(is_chance_level(0.110, 10, 10'000));
  EXPECT_TRUE(is_chance_level(0.64, 2, 100));
  EXPECT_FALSE(is_chance_level(0.66, 2, 100));
}

TEST(Histogram, CountsEveryNumberInItsBinOrTheNearestAndNothingElse) {
  const std::vector<float> values = {-3.0F, -0.9F, 0.1F, 0.9F, 3.0F, std::nanf("")};
  EXPECT_EQ(histogram(values, -1.0, 1.0, 4), (std::vector<std::int64_t>{2, 0, 1, 2}));
}

TEST(Histogram, OfNumbersThatAreAllTheSameHasThemInOneBin) {
  const std::vector<float> zeros(5, 0.0F);
  EXPECT_EQ(histogram(zeros, 0.0, 0.0, 3), (std::vector<std::int64_t>{5, 0, 0}));
}

}  // namespace
}  // namespace spinsweep::network
