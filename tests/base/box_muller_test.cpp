#include "base/box_muller.hpp"

#include <gtest/gtest.h>

namespace spinsweep {
namespace {

TEST(NormalRadius, IsFiniteForEveryUniformNumber) {
  // The ends of the interval are where a logarithm would fail.
  EXPECT_NEAR(static_cast<double>(normal_radius(0)), std::sqrt(-2.0 * std::log(0.5 * 0x1p-32)), 1e-5);
  EXPECT_GE(normal_radius(0xffffffffU), 0.0F);
  EXPECT_LT(normal_radius(0xffffffffU), 1e-3F);
  for (std::uint64_t number = 0; number <= 0xffffffffU; number += 65521) {
    const double square = -2.0 * std::log((static_cast<double>(number) + 0.5) * 0x1p-32);
    const double radius = normal_radius(static_cast<std::uint32_t>(number));
    // In single precision a uniform number near 1 is known to 6e-8.
    EXPECT_NEAR(radius * radius, square, 2e-7 + 1e-6 * square);
  }
}

TEST(Direction, IsThatOfTheFractionOfATurn) {
  for (std::uint64_t number = 0; number <= 0xffffffffU; number += 65521) {
    const double angle = 2.0 * std::numbers::pi * static_cast<double>(number) * 0x1p-32;
    const CosineAndSine direction = direction_of(static_cast<std::uint32_t>(number));
    ASSERT_NEAR(static_cast<double>(direction.cosine), std::cos(angle), 2e-7) << number;
    ASSERT_NEAR(static_cast<double>(direction.sine), std::sin(angle), 2e-7) << number;
  }
}

}  // namespace
}  // namespace spinsweep
