#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/philox.hpp"

namespace spinsweep {

/// The random numbers of philox_4x32_10 for several counters, computed side by side.
struct PhiloxBlock {
  static constexpr std::size_t lanes = 16;

  using Words = std::array<std::uint32_t, lanes>;
  std::array<Words, 4> words;  ///< [word][lane]

  /// For the counters (first + step * lane, b, c, d).
  [[gnu::flatten]] void fill(std::uint32_t first, std::uint32_t step, std::uint32_t b, std::uint32_t c, std::uint32_t d,
                             std::uint64_t seed) {
    // Not a structured binding, which clang 16 does not survive in a loop marked "omp simd".
    Words& words_a = words[0];
    Words& words_b = words[1];
    Words& words_c = words[2];
    Words& words_d = words[3];
#pragma omp simd
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      std::uint32_t word_a = first + step * static_cast<std::uint32_t>(lane);
      std::uint32_t word_b = b;
      std::uint32_t word_c = c;
      std::uint32_t word_d = d;
      philox_4x32_10(word_a, word_b, word_c, word_d, seed);
      words_a[lane] = word_a;
      words_b[lane] = word_b;
      words_c[lane] = word_c;
      words_d[lane] = word_d;
    }
  }
};

}  // namespace spinsweep
