#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <ranges>

namespace spinsweep::fuzz {

/// Draws that depend on the seed and the number of the input only, the same with every standard library.
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t number) : generator_(seed * 0x9e3779b97f4a7c15U + number) {}

  /// 0 to bound - 1; 0 if the bound is 0.
  [[nodiscard]] std::size_t below(std::size_t bound) {
    return bound == 0 ? 0 : static_cast<std::size_t>(generator_() % bound);
  }
  [[nodiscard]] bool one_in(std::size_t times) { return below(times) == 0; }
  [[nodiscard]] std::uint64_t bits() { return generator_(); }

  template <std::ranges::contiguous_range List>
  [[nodiscard]] const auto& pick(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 generator_;
};

}  // namespace spinsweep::fuzz
