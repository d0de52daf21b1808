#pragma once

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// The stencil of one cell of a vector field. index: of the cell within a component.
inline Stencil stencil_at(const double* x, const double* y, const double* z, const double* neighbours,
                          std::size_t index, std::size_t row) {
  const auto at = [=](std::size_t cell) { return Vector3{x[cell], y[cell], z[cell]}; };
  return {at(index), at(index + 1), at(index - 1), at(index + row), at(index - row), neighbours[index]};
}

/// The hot loop: evaluates dm/dt of every cell in one pass over the mesh and hands each to
/// sink(index, component_size, derivative), where index is the cell's place in the x component. m: vector field;
/// demagnetization: the demagnetising field of that moment.
///
/// All local terms, the torque and the caller's vector update share one pass because the vectors, not the arithmetic,
/// are what costs: see docs/performance.md for the measured times.
template <class Sink>
void for_each_derivative(const LlgsSystem& system, const double* m, const FieldCombination& demagnetization,
                         Sink&& sink) {
  const FieldLayout& layout = system.layout();
  const std::size_t row = layout.row_stride();
  const std::size_t size = layout.component_size();
  const LocalField local_field = system.local_field();
  const LlgsTorque torque = system.torque();
  const double* neighbours = system.neighbours().data();
  const double* mx = m;
  const double* my = m + size;
  const double* mz = m + 2 * size;
  const auto [field_0, field_1, field_2] = demagnetization.field;
  const auto [weight_0, weight_1, weight_2] = demagnetization.weight;
  for (int j = 0; j < layout.ny(); ++j) {
    const std::size_t begin = layout.index(0, j);
    const std::size_t end = begin + static_cast<std::size_t>(layout.nx());
#pragma omp simd
    for (std::size_t k = begin; k < end; ++k) {
      const Stencil stencil = stencil_at(mx, my, mz, neighbours, k, row);
      const std::size_t ky = k + size;
      const std::size_t kz = ky + size;
      const Vector3 demag{weight_0 * field_0[k] + weight_1 * field_1[k] + weight_2 * field_2[k],
                          weight_0 * field_0[ky] + weight_1 * field_1[ky] + weight_2 * field_2[ky],
                          weight_0 * field_0[kz] + weight_1 * field_1[kz] + weight_2 * field_2[kz]};
      sink(k, size, torque.derivative(stencil.centre, local_field.field(stencil) + demag));
    }
  }
}

}  // namespace spinsweep::micromagnetics
