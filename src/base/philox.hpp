#pragma once

#include <array>
#include <cstdint>

namespace spinsweep {

/// The same as philox_4x32_10 below on a counter of four variables, which become the result. A loop over counters that
/// calls it can be vectorised, which arrays prevent.
constexpr void philox_4x32_10(std::uint32_t& a, std::uint32_t& b, std::uint32_t& c, std::uint32_t& d,
                              std::uint64_t seed) {
  auto low = static_cast<std::uint32_t>(seed);
  auto high = static_cast<std::uint32_t>(seed >> 32U);
  constexpr std::uint64_t multiplier_0 = 0xD2511F53;
  constexpr std::uint64_t multiplier_1 = 0xCD9E8D57;
  constexpr std::uint32_t weyl_0 = 0x9E3779B9;  // golden ratio
  constexpr std::uint32_t weyl_1 = 0xBB67AE85;  // square root of 3, less 1
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product_0 = multiplier_0 * a;
    const std::uint64_t product_1 = multiplier_1 * c;
    a = static_cast<std::uint32_t>(product_1 >> 32U) ^ b ^ low;
    b = static_cast<std::uint32_t>(product_1);
    c = static_cast<std::uint32_t>(product_0 >> 32U) ^ d ^ high;
    d = static_cast<std::uint32_t>(product_0);
    low += weyl_0;
    high += weyl_1;
  }
}

/// Philox 4x32-10, the counter-based random number generator of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", Proc. SC11 (2011), doi:10.1145/2063384.2063405: four 32-bit numbers
/// that depend on the counter and the seed, which is the key, only, so that a number is the same whoever asks for it
/// and when.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox_4x32_10(std::array<std::uint32_t, 4> counter,
                                                                    std::uint64_t seed) {
  philox_4x32_10(counter[0], counter[1], counter[2], counter[3], seed);
  return counter;
}

}  // namespace spinsweep
