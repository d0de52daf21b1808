#include "micromagnetics/local_torques.hpp"

#include "base/constants.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// -|v|/(2 g0 dx) over the current density, m.
double transfer_field(const Material& material, double cell) {
  const SpinTransfer& transfer = material.spin_transfer;
  const double drift = -constants::bohr_magneton * transfer.polarization * transfer.current_ratio /
                       (constants::elementary_charge * material.saturation_magnetization *
                        (1.0 + transfer.nonadiabaticity * transfer.nonadiabaticity));
  return drift / (2.0 * material.gyromagnetic_ratio * cell);
}

}  // namespace

LocalTorques::LocalTorques(const CurrentMap* map, const LocalMaterials* materials, const Material& material,
                           const Mesh& mesh, const Mask& mask, const RowDecomposition& decomposition)
    : transfer_field_per_current_density_(transfer_field(material, mesh.dx)),
      nonadiabaticity_(material.spin_transfer.nonadiabaticity) {
  const FieldLayout layout(own_mesh(mesh, decomposition));
  x_.assign(layout.component_size(), 0.0);
  y_.assign(layout.component_size(), 0.0);
  const Rows rows = decomposition.own();
  for (int j = rows.begin; j < rows.end; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const std::size_t cell =
          static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i);
      if (mask[cell] == 0) {
        continue;
      }
      const std::size_t k = layout.index(i, j - rows.begin);
      const double share = materials != nullptr ? materials->share()[k] : 1.0;
      const double moment = materials != nullptr ? materials->moment()[k] : 1.0;
      x_[k] = map != nullptr ? map->x[cell] : share;
      y_[k] = map != nullptr ? map->y[cell] : 0.0;
      largest_current_ = std::max(largest_current_, std::hypot(x_[k], y_[k]) / moment);
      largest_sum_ = std::max(largest_sum_, (std::abs(x_[k]) + std::abs(y_[k])) / moment);
    }
  }
  largest_current_ = decomposition.largest(largest_current_);
  largest_sum_ = decomposition.largest(largest_sum_);
}

TorqueBounds LocalTorques::bounds(const LlgsTorque& torque) const {
  const double transfer = std::abs(transfer_field_per_current_density_ * torque.current_density());
  return {.coupling = 2.0 * transfer * std::hypot(1.0, nonadiabaticity_) * largest_sum_,
          .on_site = torque.strength() * largest_current_};
}

}  // namespace spinsweep::micromagnetics
