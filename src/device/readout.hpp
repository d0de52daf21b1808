#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "device/common_parameters.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {
class LlgsSystem;
class RowDecomposition;
}  // namespace spinsweep::micromagnetics

namespace spinsweep::device {

/// A magnetisation as a tunnel junction may read it.
struct Readout {
  const micromagnetics::Mesh& mesh;
  const micromagnetics::RowDecomposition& decomposition;
  const micromagnetics::Mask& mask;
  std::span<const double> m;     ///< vector field of this rank's own rows
  micromagnetics::Vector3 mean;  ///< over the magnetic cells of the whole mesh
  /// Share of each cell of those rows that is filled, in the layout of one component; empty if all are full.
  std::span<const double> share = {};
};

/// Collective if ranks share the system.
[[nodiscard]] Readout read_out(micromagnetics::LlgsSystem& system, std::span<const double> m);

/// Whether the tunnel junction reads the i-th column of cells (edge of a cell: m): whether its centre lies inside the
/// window, not on its border.
[[nodiscard]] inline bool has_column(const Window& window, double cell, int i) {
  const std::int64_t centre = centre_of_cell(i);
  return centre > in_grid_units(window.from, cell) && centre < in_grid_units(window.to, cell);
}

/// Conductance of a junction that reads a window, siemens: the mean over the filled area of the window's magnetic cells
/// of G_P cos^2(theta/2) + G_AP sin^2(theta/2), theta being the angle to a pinned layer along -z, so that it grows as
/// the down domain enters the window. Collective if ranks share the mesh. Source: X. Zhang et al., Nanotechnology 28,
/// 08LT02 (2017), as used in eq. 2 of the study the sweep "paper" reproduces.
[[nodiscard]] double window_conductance(const Readout& readout, const Window& window, const TunnelJunction& mtj);

/// Conductance of a junction that reads the whole track, siemens: its resistance is linear in the mean m_z, from
/// antiparallel at +1 to parallel at -1.
[[nodiscard]] double track_conductance(double mean_mz, const TunnelJunction& mtj);

/// That of the wall in m, a vector field of the whole mesh; without a wall it is down_up.
[[nodiscard]] WallKind wall_kind(const micromagnetics::Mesh& mesh, std::span<const double> m);

/// The number of walls in m, a vector field of the whole mesh: how often the mean m_z of the columns changes its sign
/// between domains, columns where its modulus exceeds 1/2. Zero for one domain; NaN if no column belongs to a domain.
[[nodiscard]] double wall_count(const micromagnetics::Mesh& mesh, const micromagnetics::Mask& mask,
                                std::span<const double> m);

/// Where the mean m_z of the columns changes its sign between two domains, m; NaN unless there is one wall. Unlike the
/// position from the mean m_z of the track it does not depend on how far the current tilts the domains.
[[nodiscard]] double wall_crossing(const micromagnetics::Mesh& mesh, const micromagnetics::Mask& mask,
                                   std::span<const double> m);

/// Whether results can be derived from a state with this number of walls: one, or none where the wall was driven out of
/// the track and has left one domain.
[[nodiscard]] inline bool is_of_one_wall(double wall_count) {
  return wall_count == 0.0 || wall_count == 1.0;
}

/// "3 walls" or "no domains", for messages.
[[nodiscard]] std::string describe_walls(double wall_count);

/// Where a straight wall would give a mean m_z.
class WallLocator {
 public:
  explicit WallLocator(const CommonParameters& parameters);

  /// Position of a wall from the left end of the track, m. For down|up that is length (1 - mean m_z)/2, the area of
  /// notches being left out of account, unless the width of the track changes or files give its shape.
  [[nodiscard]] double position(double mean_mz, WallKind kind = WallKind::down_up) const;

 private:
  int columns_;
  double cell_;                ///< m
  std::vector<double> areas_;  ///< of the columns, in cells; empty if they do not count
};

/// That of one wall.
[[nodiscard]] inline double wall_position(const CommonParameters& parameters, double mean_mz,
                                          WallKind kind = WallKind::down_up) {
  return WallLocator(parameters).position(mean_mz, kind);
}

}  // namespace spinsweep::device
