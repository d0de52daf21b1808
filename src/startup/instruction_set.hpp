#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

/// Levels of the x86-64 instruction set as its psABI names them: v2 has SSE4.2, v3 AVX2 and FMA, v4 AVX-512.
namespace spinsweep {

/// In ascending order: each includes the one before.
inline constexpr std::array<std::string_view, 4> instruction_sets = {"x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"};

/// The index in instruction_sets that this file is compiled for; nothing on processors that are not x86-64.
[[nodiscard]] constexpr std::optional<std::size_t> compiled_instruction_set() {
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512CD__) && defined(__AVX512DQ__) && \
    defined(__AVX512VL__)
  return 3;
#elif defined(__AVX2__) && defined(__FMA__) && defined(__BMI2__)
  return 2;
#elif defined(__SSE4_2__) && defined(__POPCNT__)
  return 1;
#elif defined(__x86_64__)
  return 0;
#else
  return std::nullopt;
#endif
}

/// The index in instruction_sets of the highest level that the processor at hand has.
[[nodiscard]] inline std::optional<std::size_t> processor_instruction_set() {
#ifdef __x86_64__
  __builtin_cpu_init();
  const bool v2 = __builtin_cpu_supports("sse4.2") != 0 && __builtin_cpu_supports("popcnt") != 0;
  const bool v3 = v2 && __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
                  __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0;
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                  __builtin_cpu_supports("avx512cd") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
                  __builtin_cpu_supports("avx512vl") != 0;
  return v4 ? 3 : v3 ? 2 : v2 ? 1 : 0;
#else
  return std::nullopt;
#endif
}

}  // namespace spinsweep
