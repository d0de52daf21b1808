#include "device/readout.hpp"

#include <array>
#include <cstddef>

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::device {

Readout read_out(micromagnetics::LlgsSystem& system, std::span<const double> m) {
  return {system.mesh(), system.decomposition(), system.mask(), m, system.mean_magnetization(m)};
}

double window_conductance(const Readout& readout, const Window& window, const TunnelJunction& mtj) {
  const micromagnetics::Mesh& mesh = readout.mesh;
  const micromagnetics::RowDecomposition& decomposition = readout.decomposition;
  const micromagnetics::FieldLayout layout(own_mesh(mesh, decomposition));
  const auto mz = readout.m.subspan(2 * layout.component_size());
  const micromagnetics::Rows rows = decomposition.own();
  const auto add_own_rows = [&](std::array<double, 2>& sums) {
    for (int j = rows.begin; j < rows.end; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const bool magnetic = readout.mask[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) +
                                           static_cast<std::size_t>(i)] != 0;
        if (magnetic && has_column(window, mesh.x(i))) {
          sums[0] += mz[layout.index(i, j - rows.begin)];
          sums[1] += 1.0;
        }
      }
    }
  };
  const std::array<double, 2> mz_and_cells = decomposition.sum_in_order<2>(add_own_rows);
  // cos(theta) = -m_z, cos^2(theta/2) = (1 - m_z)/2
  const double parallel_share = 0.5 * (1.0 - mz_and_cells[0] / mz_and_cells[1]);
  return parallel_share / mtj.resistance_parallel + (1.0 - parallel_share) / mtj.resistance_antiparallel;
}

double track_conductance(double mean_mz, const TunnelJunction& mtj) {
  const double antiparallel_share = 0.5 * (1.0 + mean_mz);
  return 1.0 / (mtj.resistance_parallel + (mtj.resistance_antiparallel - mtj.resistance_parallel) * antiparallel_share);
}

double wall_position(double mean_mz, double length) {
  return 0.5 * length * (1.0 - mean_mz);
}

}  // namespace spinsweep::device
