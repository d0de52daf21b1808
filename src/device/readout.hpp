#pragma once

#include <span>

#include "device/common_parameters.hpp"
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
};

/// Collective if ranks share the system.
[[nodiscard]] Readout read_out(micromagnetics::LlgsSystem& system, std::span<const double> m);

/// Whether the tunnel junction reads the column of cells with its centre at x (m).
[[nodiscard]] inline bool has_column(const Window& window, double x) {
  return x > window.from && x < window.to;
}

/// Conductance of a junction that reads a window, siemens: the mean over the window's magnetic cells of
/// G_P cos^2(theta/2) + G_AP sin^2(theta/2), theta being the angle to a pinned layer along -z, so that it grows as the
/// down domain enters the window. Collective if ranks share the mesh.
/// Source: X. Zhang et al., Nanotechnology 28, 08LT02 (2017), as used in eq. 2 of the study the sweep "paper"
/// reproduces.
[[nodiscard]] double window_conductance(const Readout& readout, const Window& window, const TunnelJunction& mtj);

/// Conductance of a junction that reads the whole track, siemens: its resistance is linear in the mean m_z, from
/// antiparallel at +1 to parallel at -1.
[[nodiscard]] double track_conductance(double mean_mz, const TunnelJunction& mtj);

/// Position of a down|up wall from the left end of a track of that length (m), m: length (1 - mean m_z)/2.
[[nodiscard]] double wall_position(double mean_mz, double length);

}  // namespace spinsweep::device
