#pragma once

#include <array>
#include <cstdint>

namespace spinsweep {

/// Philox 4x32-10, the counter-based random number generator of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", Proc. SC11 (2011), doi:10.1145/2063384.2063405: four 32-bit numbers
/// that depend on the counter and the seed, which is the key, only, so that a number is the same whoever asks for it
/// and when.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox_4x32_10(std::array<std::uint32_t, 4> counter,
                                                                    std::uint64_t seed) {
  auto low = static_cast<std::uint32_t>(seed);
  auto high = static_cast<std::uint32_t>(seed >> 32U);
  constexpr std::uint64_t multiplier_0 = 0xD2511F53;
  constexpr std::uint64_t multiplier_1 = 0xCD9E8D57;
  constexpr std::uint32_t weyl_0 = 0x9E3779B9;  // golden ratio
  constexpr std::uint32_t weyl_1 = 0xBB67AE85;  // square root of 3, less 1
  constexpr int rounds = 10;
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t product_0 = multiplier_0 * counter[0];
    const std::uint64_t product_1 = multiplier_1 * counter[2];
    counter = {static_cast<std::uint32_t>(product_1 >> 32U) ^ counter[1] ^ low, static_cast<std::uint32_t>(product_1),
               static_cast<std::uint32_t>(product_0 >> 32U) ^ counter[3] ^ high, static_cast<std::uint32_t>(product_0)};
    low += weyl_0;
    high += weyl_1;
  }
  return counter;
}

}  // namespace spinsweep
