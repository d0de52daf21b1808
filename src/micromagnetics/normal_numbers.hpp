#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace spinsweep::micromagnetics {

/// Where in the noise `seed` some numbers are: those of a row of cells in one update of the magnetisation.
struct NoisePlace {
  std::uint64_t seed = 0;
  std::uint64_t update = 0;  ///< the updates of a simulation are numbered
  std::uint32_t row = 0;     ///< of the whole mesh
};

/// Numbers that a row of that many cells needs room for.
[[nodiscard]] std::size_t padded_normal_numbers(std::size_t cells);

/// Fills `first` and `second`, each of padded_normal_numbers() numbers, with two independent numbers of the standard
/// normal distribution for each cell of the row, by the method of G. E. P. Box and M. E. Muller, Ann. Math. Stat. 29,
/// 610 (1958), from philox_4x32_10. They depend on their place and the cell's position in the row only. Single
/// precision; of modulus 6.7 at most.
void fill_normal_numbers(const NoisePlace& place, std::span<float> first, std::span<float> second);

}  // namespace spinsweep::micromagnetics
