#include "network/counter_random.hpp"

#include <algorithm>

#include "base/box_muller.hpp"
#include "base/philox_block.hpp"

namespace spinsweep::network {

namespace {

constexpr std::size_t lanes = PhiloxBlock::lanes;

[[gnu::flatten]] void to_normal(const PhiloxBlock& block, std::array<float, lanes>& numbers) {
  const PhiloxBlock::Words& radii = block.words[0];
  const PhiloxBlock::Words& turns = block.words[1];
#pragma omp simd
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    numbers[lane] = normal_radius(radii[lane]) * direction_of(turns[lane]).cosine;
  }
}

void to_uniform(const PhiloxBlock& block, std::array<double, lanes>& numbers) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const std::uint64_t wide = std::uint64_t{block.words[0][lane]} << 32U | block.words[1][lane];
    numbers[lane] = static_cast<double>(wide >> 11U) * 0x1p-53;
  }
}

}  // namespace

template <class Number, class Convert>
void CounterRandom::fill(std::uint32_t first, std::uint32_t step, std::uint32_t b, std::uint32_t c,
                         std::span<Number> numbers, const Convert& convert) const {
  PhiloxBlock block;
  std::array<Number, lanes> converted;
  for (std::size_t begin = 0; begin < numbers.size(); begin += lanes) {
    block.fill(first + step * static_cast<std::uint32_t>(begin), step, b, c, purpose_, seed_);
    convert(block, converted);
    const std::size_t count = std::min(lanes, numbers.size() - begin);
    std::copy_n(converted.begin(), count, numbers.begin() + static_cast<std::ptrdiff_t>(begin));
  }
}

void CounterRandom::fill_normal(std::uint32_t first, std::uint32_t step, std::uint32_t b, std::uint32_t c,
                                std::span<float> numbers) const {
  fill(first, step, b, c, numbers, to_normal);
}

void CounterRandom::fill_uniform(std::uint32_t first, std::uint32_t step, std::uint32_t b, std::uint32_t c,
                                 std::span<double> numbers) const {
  fill(first, step, b, c, numbers, to_uniform);
}

void CounterRandom::fill_uniform_pairs(std::uint32_t first, std::uint32_t b, std::uint32_t c, std::span<float> numbers,
                                       std::span<float> others) const {
  PhiloxBlock block;
  std::array<std::array<float, lanes>, 2> converted;
  for (std::size_t begin = 0; begin < numbers.size(); begin += lanes) {
    block.fill(first + static_cast<std::uint32_t>(begin), 1, b, c, purpose_, seed_);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      converted[0][lane] = static_cast<float>(block.words[0][lane] >> 8U) * 0x1p-24F;
      converted[1][lane] = static_cast<float>(block.words[1][lane] >> 8U) * 0x1p-24F;
    }
    const std::size_t count = std::min(lanes, numbers.size() - begin);
    std::copy_n(converted[0].begin(), count, numbers.begin() + static_cast<std::ptrdiff_t>(begin));
    std::copy_n(converted[1].begin(), count, others.begin() + static_cast<std::ptrdiff_t>(begin));
  }
}

}  // namespace spinsweep::network
