#include "micromagnetics/effective_field.hpp"

#include <cmath>
#include <numeric>

#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/stability.hpp"

namespace spinsweep::micromagnetics {

double effective_field(LlgsSystem& system, std::span<const double> m, std::span<double> field) {
  system.demagnetizing_field(m, field);
  const FieldLayout& layout = system.layout();
  const std::size_t row = layout.row_stride();
  const std::size_t size = layout.component_size();
  const double* mx = m.data();
  const double* my = mx + size;
  const double* mz = my + size;
  const double* neighbours = system.neighbours().data();
  Energies sums{};
  for (int j = 0; j < layout.ny(); ++j) {
    const std::size_t end = layout.index(layout.nx(), j);
    for (std::size_t k = layout.index(0, j); k < end; ++k) {
      const Stencil cell = stencil_at([](const double* from) { return *from; }, mx, my, mz, neighbours, k, row);
      const Vector3 demagnetization{field[k], field[k + size], field[k + 2 * size]};
      system.add_energies(cell, k, demagnetization, sums);
      const bool magnetic = dot(cell.centre, cell.centre) > 0.0;
      const Vector3 total = magnetic ? system.energy_gradient_field(cell, k, demagnetization) : Vector3{};
      field[k] = total.x;
      field[k + size] = total.y;
      field[k + 2 * size] = total.z;
    }
  }
  return total_energy(system.in_joule(sums));
}

double total_energy(const Energies& energies) {
  return std::accumulate(energies.begin(), energies.end(), 0.0);
}

double curvature_bound(const LlgsSystem& system) {
  const Material& material = system.material();
  return spectral_radius_bound(system) * std::sqrt(1.0 + material.damping * material.damping) /
         material.gyromagnetic_ratio;
}

}  // namespace spinsweep::micromagnetics
