#include "device/track_geometry.hpp"

#include <cmath>
#include <cstddef>

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
  const double radius = 0.5 * notches.diameter;
  const double width = mesh.ny * mesh.dy;
  const std::vector<double> positions = notch_positions(track, notches);
  micromagnetics::Mask mask(mesh.cells(), 1);
  for (int j = 0; j < mesh.ny; ++j) {
    const double to_edge = std::min(mesh.y(j), width - mesh.y(j));
    for (int i = 0; i < mesh.nx; ++i) {
      for (const double position : positions) {
        if (std::hypot(mesh.x(i) - position, to_edge) < radius) {
          mask[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i)] = 0;
        }
      }
    }
  }
  return mask;
}

}  // namespace spinsweep::device
