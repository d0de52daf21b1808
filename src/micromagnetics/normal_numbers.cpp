#include "micromagnetics/normal_numbers.hpp"

#include <array>

#include "base/box_muller.hpp"
#include "base/philox_block.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// Cells whose numbers are computed side by side. Each counter's four numbers serve two cells.
constexpr std::size_t lanes = PhiloxBlock::lanes;
constexpr std::size_t block_cells = 2 * lanes;

[[gnu::flatten]] void convert(const PhiloxBlock::Words& radii, const PhiloxBlock::Words& turns, float* first,
                              float* second) {
#pragma omp simd
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const float radius = normal_radius(radii[lane]);
    const CosineAndSine direction = direction_of(turns[lane]);
    first[lane] = radius * direction.cosine;
    second[lane] = radius * direction.sine;
  }
}

}  // namespace

std::size_t padded_normal_numbers(std::size_t cells) {
  return (cells + block_cells - 1) / block_cells * block_cells;
}

void fill_normal_numbers(const NoisePlace& place, std::span<float> first, std::span<float> second) {
  PhiloxBlock block;
  const std::array<PhiloxBlock::Words, 4>& words = block.words;
  for (std::size_t cell = 0; cell < first.size(); cell += block_cells) {
    block.fill(static_cast<std::uint32_t>(cell / 2), 1, place.row, static_cast<std::uint32_t>(place.update),
               static_cast<std::uint32_t>(place.update >> 32U), place.seed);
    convert(words[0], words[1], first.data() + cell, second.data() + cell);
    convert(words[2], words[3], first.data() + cell + lanes, second.data() + cell + lanes);
  }
}

}  // namespace spinsweep::micromagnetics
