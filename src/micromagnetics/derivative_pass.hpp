#pragma once

#include "base/pack.hpp"
#include "micromagnetics/columns.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// The stencil of the cell at `index` of a component or, if Real is a pack, of the cells from there. load(pointer)
/// reads a Real.
template <class Load>
auto stencil_at(Load load, const double* x, const double* y, const double* z, const double* neighbours,
                std::size_t index, std::size_t row) {
  using Real = decltype(load(x));
  const auto at = [&](std::size_t k) { return BasicVector3<Real>{load(x + k), load(y + k), load(z + k)}; };
  return BasicStencil<Real>{at(index),       at(index + 1),   at(index - 1),
                            at(index + row), at(index - row), load(neighbours + index)};
}

/// for_each_derivative_of_row() of a material that is read by materials.at(k, row), under a torque that is read by
/// torque.at(k).
template <class Materials, class Torque, class Sink>
[[gnu::flatten, gnu::always_inline]] inline void for_each_derivative_of_material(
    const LlgsSystem& system, const Materials& materials, Torque torque, const double* m,
    const FieldCombination& demagnetization, int j, Columns columns, Sink&& sink) {
  const FieldLayout& layout = system.layout();
  const std::size_t row = layout.row_stride();
  const std::size_t size = layout.component_size();
  const LocalField local_field = system.local_field();
  const double* neighbours = system.neighbours().data();
  const auto [field_0, field_1, field_2] = demagnetization.field;
  const Pack<double> weight_0 = demagnetization.weight[0];
  const Pack<double> weight_1 = demagnetization.weight[1];
  const Pack<double> weight_2 = demagnetization.weight[2];
  const auto demag_at = [=, f0 = field_0, f1 = field_1, f2 = field_2](std::size_t k) {
    return multiply_add(weight_0, load(f0 + k), multiply_add(weight_1, load(f1 + k), weight_2 * load(f2 + k)));
  };
  const std::size_t end = layout.index(columns.end, j);
  for (std::size_t k = layout.index(columns.begin, j); k < end; k += Pack<double>::size()) {
    const auto stencil =
        stencil_at([](const double* from) { return load(from); }, m, m + size, m + 2 * size, neighbours, k, row);
    const BasicVector3<Pack<double>> demag{demag_at(k), demag_at(k + size), demag_at(k + 2 * size)};
    const auto& local = materials.at(k, row);
    const auto& of_cell = torque.at(k);
    sink(k, size,
         of_cell.derivative_in_field(stencil.centre,
                                     of_cell.add_field(stencil, local_field.add_field(stencil, local, demag), local)));
  }
}

/// The same as a function of its own: the loop of a uniform film under a uniform current is inlined into its callers,
/// where what does not depend on the row is computed once, whatever other loops there are.
template <class Materials, class Torque, class Sink>
[[gnu::noinline]] void for_each_derivative_of_variation(const LlgsSystem& system, const Materials& materials,
                                                        Torque torque, const double* m,
                                                        const FieldCombination& demagnetization, int j, Columns columns,
                                                        Sink& sink) {
  for_each_derivative_of_material(system, materials, torque, m, demagnetization, j, columns, sink);
}

/// The hot loop: evaluates dm/dt of the cells of row j in the given columns, a pack of cells at a time, and hands each
/// pack to sink(index, component_size, derivative), where index is the place of the pack's first cell in the x
/// component. m: vector field; torque, demagnetization: the torque and the demagnetising field at the same time. The
/// last pack runs past the columns unless their number is a multiple of the pack's size; past the end of a row lie
/// zeros, whose derivative is zero.
///
/// All local terms, the torque and the caller's vector update share one pass: on 500 x 50 cells they take 0.06 ms
/// together, of which reading and writing the vectors alone takes half.
template <class Sink>
inline void for_each_derivative_of_row(const LlgsSystem& system, const LlgsTorque& torque, const double* m,
                                       const FieldCombination& demagnetization, int j, Columns columns, Sink&& sink) {
  const LocalMaterials* materials = system.local_materials();
  const LocalTorques* torques = system.local_torques();
  const bool has_uniform_torque = torques == nullptr || torque.current_density() == 0.0;
  if (materials == nullptr && has_uniform_torque) {
    for_each_derivative_of_material(system, UniformMaterial(), torque, m, demagnetization, j, columns, sink);
    return;
  }
  const auto pass = [&](const auto& materials_of_cells, const auto& torque_of_cells) {
    for_each_derivative_of_variation(system, materials_of_cells, torque_of_cells, m, demagnetization, j, columns, sink);
  };
  const auto of_material = [&](const auto& torque_of_cells) {
    if (!materials->is_varied()) {
      pass(materials->grains(), torque_of_cells);
    } else if (materials->is_upright()) {
      pass(materials->upright(), torque_of_cells);
    } else {
      pass(materials->varied(), torque_of_cells);
    }
  };
  if (has_uniform_torque && materials->is_only_cut()) {
    pass(materials->cut(), torque);
  } else if (has_uniform_torque) {
    of_material(torque);
  } else if (materials == nullptr) {
    pass(UniformMaterial(), torques->under(torque));
  } else {
    of_material(torques->under(torque));
  }
}

/// The same for every cell of the mesh.
template <class Sink>
inline void for_each_derivative(const LlgsSystem& system, const LlgsTorque& torque, const double* m,
                                const FieldCombination& demagnetization, Sink&& sink) {
  for (int j = 0; j < system.layout().ny(); ++j) {
    for_each_derivative_of_row(system, torque, m, demagnetization, j, {0, system.layout().nx()}, sink);
  }
}

}  // namespace spinsweep::micromagnetics
