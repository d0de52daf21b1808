#include "base/philox.hpp"

#include <gtest/gtest.h>

namespace spinsweep {
namespace {

TEST(Philox, GivesThePublishedKnownAnswers) {
  // J. K. Salmon and others, Random123 1.14, tests/kat_vectors, the lines "philox4x32 10".
  using Numbers = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox_4x32_10({0, 0, 0, 0}, 0), (Numbers{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox_4x32_10({ones, ones, ones, ones}, 0xffffffffffffffff),
            (Numbers{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox_4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822),
            (Numbers{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

}  // namespace
}  // namespace spinsweep
