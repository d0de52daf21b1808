#include "device/track_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace spinsweep::device {

micromagnetics::Mesh make_mesh(const Track& track) {
  return {.nx = static_cast<int>(std::lround(track.length / track.cell)),
          .ny = static_cast<int>(std::lround(track.width / track.cell)),
          .dx = track.cell,
          .dy = track.cell,
          .dz = track.thickness};
}

std::vector<double> notch_positions(const Track& track, const Notches& notches) {
  std::vector<double> positions;
  if (notches.count > 0) {
    const double even_pitch = track.length / notches.count;
    const double first = notches.first.value_or(even_pitch);
    const double pitch = notches.pitch.value_or(even_pitch);
    for (int k = 0; k < notches.count; ++k) {
      positions.push_back(first + k * pitch);
    }
  }
  return positions;
}

micromagnetics::Mask make_mask(const Track& track, const Notches& notches) {
  const micromagnetics::Mesh mesh = make_mesh(track);
  const std::int64_t radius = in_grid_units(0.5 * notches.diameter, track.cell);
  micromagnetics::Mask mask(mesh.cells(), 1);
  for (const double notch : notch_positions(track, notches)) {
    const std::int64_t position = in_grid_units(notch, track.cell);
    for (int j = 0; j < mesh.ny; ++j) {
      const std::int64_t to_edge = centre_of_cell(std::min(j, mesh.ny - 1 - j));
      for (int i = 0; i < mesh.nx; ++i) {
        const std::int64_t along = std::abs(centre_of_cell(i) - position);
        // Both are compared first, so that the squares fit in an integer.
        if (along < radius && to_edge < radius && along * along + to_edge * to_edge < radius * radius) {
          mask[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i)] = 0;
        }
      }
    }
  }
  return mask;
}

}  // namespace spinsweep::device
