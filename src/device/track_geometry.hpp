#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "device/common_parameters.hpp"
#include "micromagnetics/mesh.hpp"

namespace spinsweep::device {

/// Geometry is decided on integers, so that a length that is meant to be a whole number of cells or halves of them is
/// one, and mirror images are mirror images: lengths are counted in 1e-5 of half a cell.
inline constexpr std::int64_t grid_units_per_half_cell = 100000;

[[nodiscard]] inline std::int64_t in_grid_units(double length, double cell) {
  constexpr double most = 4e18;
  return std::llround(std::clamp(2.0 * length / cell * static_cast<double>(grid_units_per_half_cell), -most, most));
}

/// Of the centre of the i-th cell along an axis.
[[nodiscard]] inline std::int64_t centre_of_cell(int i) {
  return (2 * std::int64_t{i} + 1) * grid_units_per_half_cell;
}

/// Whether a length exceeds a limit by more than the rounding of both.
[[nodiscard]] inline bool exceeds(double length, double limit, double cell) {
  return in_grid_units(length, cell) > in_grid_units(limit, cell);
}

/// The mesh of a track; length and width are rounded to whole cells.
[[nodiscard]] micromagnetics::Mesh make_mesh(const Track& track);

/// x of each pair of notches, m, left to right.
[[nodiscard]] std::vector<double> notch_positions(const Track& track, const Notches& notches);

/// Which cells are magnetic: all but those whose centre lies inside a notch. A notch is centred on a long edge.
[[nodiscard]] micromagnetics::Mask make_mask(const Track& track, const Notches& notches);

}  // namespace spinsweep::device
