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

/// A notch, or one on either edge, with everything that describes it. Lengths m.
struct Notch {
  double position;  ///< of its middle
  double width;
  double depth;  ///< negative: a bulge
  NotchShape shape;
  bool is_on_upper_edge;
  bool is_on_lower_edge;
};

/// Left to right.
[[nodiscard]] std::vector<Notch> placed_notches(const Track& track, const Notches& notches);

/// A place along the track with notches: one notch, or two that face each other.
struct NotchSite {
  double position;  ///< m
  double width;     ///< of the widest notch there, m
};

/// Left to right.
[[nodiscard]] std::vector<NotchSite> notch_sites(const Track& track, const Notches& notches);

/// x of each of them, m.
[[nodiscard]] std::vector<double> notch_positions(const Track& track, const Notches& notches);

/// The width of the widest notch, 0 without notches, m.
[[nodiscard]] double widest_notch(const Track& track, const Notches& notches);

/// Whether the track is as wide at its right end as at its left.
[[nodiscard]] bool has_uniform_width(const Track& track);

/// Width of the track without its notches in the i-th column of cells, m.
[[nodiscard]] double width_at(const Track& track, int i);

/// How far a rough edge is displaced outwards in each column of cells, in grid units; empty if edges are straight.
[[nodiscard]] std::vector<std::int64_t> edge_displacements(const CommonParameters& parameters, NotchSide edge);

/// Rows of cells of the mesh below the lower edge of the track at its left end, and their height, m.
[[nodiscard]] int rows_below(const CommonParameters& parameters);
[[nodiscard]] double lower_margin(const CommonParameters& parameters);

/// The cells of the track alone, as wide as at its left end.
[[nodiscard]] micromagnetics::Mesh track_mesh(const CommonParameters& parameters);

/// The mesh of a device, as wide as its widest place; the length and the width are rounded to whole cells.
[[nodiscard]] micromagnetics::Mesh make_mesh(const CommonParameters& parameters);

/// The share of each cell that lies inside the track or a bulge, and not inside a notch, times the share that mask.file
/// gives it; 0 or 1 with staircase edges, where a share of more than one half counts as 1.
[[nodiscard]] std::vector<double> filled_shares(const CommonParameters& parameters);

/// Which cells are magnetic: those whose centre lies inside the track or a bulge, and not inside a notch, or with
/// smooth edges those that are filled by an eighth or more; and of which mask.file and the map of the saturation
/// magnetisation say so. Mirror images of devices have masks that are mirror images.
[[nodiscard]] micromagnetics::Mask make_mask(const CommonParameters& parameters);

}  // namespace spinsweep::device
