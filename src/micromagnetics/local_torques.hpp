#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <type_traits>

#include "base/aligned_vector.hpp"
#include "base/pack.hpp"
#include "micromagnetics/current_map.hpp"
#include "micromagnetics/llgs_torque.hpp"
#include "micromagnetics/local_materials.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/row_decomposition.hpp"
#include "micromagnetics/stencil.hpp"

namespace spinsweep::micromagnetics {

/// The torques of a current that varies from cell to cell or that flows in the ferromagnet too, at a cell or a pack of
/// cells. The current j, in units of that of `torque`, has the polarisation s = j x z, so that
///
///   dm/dt = ... + g0 b m x (s x m) - g0 xi b m x s - (v . grad) m + beta m x (v . grad) m,
///   v = -mu_B P J j/(e Ms (1 + beta^2)),
///
/// where v is the drift of the electrons, against the current. Source of the spin-transfer torque: S. Zhang and Z. Li,
/// Phys. Rev. Lett. 93, 127204 (2004), eq. 9. As a field it is -(m x T + beta T)/g0, T = (v . grad) m, by central
/// differences; a neighbour that is not magnetic counts as equal to the cell, because what is along m exerts no torque.
template <class Real>
struct TorqueOfCell {
  const LlgsTorque& torque;
  double transfer_field;   ///< -|v|/(2 g0 dx) for j = 1, A/m
  double nonadiabaticity;  ///< beta
  Real x;                  ///< of j
  Real y;

  template <class Local>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const BasicVector3<Real>& field,
                                             const Local& local) const {
    Real along = x;
    Real across = y;
    if constexpr (Local::varies_in_moment) {
      along = along * local.inverse_moment;
      across = across * local.inverse_moment;
    }
    const BasicVector3<Real> s{across, Real(0.0) - along, Real(0.0)};
    const Real b(torque.torque_field());
    const BasicVector3<Real> of_orbit = multiply_add(Real(torque.field_like_ratio()), s, cross(m.centre, s));
    const BasicVector3<Real> difference = multiply_add(along, m.east - m.west, across * (m.north - m.south));
    const BasicVector3<Real> of_transfer = multiply_add(Real(nonadiabaticity), difference, cross(m.centre, difference));
    return multiply_add(b, of_orbit, negative_multiply_add(Real(transfer_field), of_transfer, field));
  }

  [[nodiscard]] BasicVector3<Real> derivative_in_field(BasicVector3<Real> m, BasicVector3<Real> field) const {
    return torque.derivative_in_field(m, field);
  }
};

/// Largest fields of the torques, A/m, as in FieldBounds.
struct TorqueBounds {
  double coupling = 0.0;
  double on_site = 0.0;
};

/// The torques of a current that varies from cell to cell or that flows in the ferromagnet too: the current of each
/// cell in the layout of one component of a rank's own rows.
class LocalTorques {
 public:
  /// map, materials: null if the current, or the material, is the same everywhere.
  LocalTorques(const CurrentMap* map, const LocalMaterials* materials, const Material& material, const Mesh& mesh,
               const Mask& mask, const RowDecomposition& decomposition);

  [[nodiscard]] std::span<const double> x() const { return x_; }
  [[nodiscard]] std::span<const double> y() const { return y_; }

  [[nodiscard]] TorqueBounds bounds(const LlgsTorque& torque) const;

  /// Reads the torque of the cells from place k of a component on.
  struct UnderCurrent {
    LlgsTorque torque;
    double transfer_field;
    double nonadiabaticity;
    const double* x;
    const double* y;

    [[nodiscard]] TorqueOfCell<Pack<double>> at(std::size_t k) const {
      return {torque, transfer_field, nonadiabaticity, load(x + k), load(y + k)};
    }
  };
  [[nodiscard]] UnderCurrent under(const LlgsTorque& torque) const { return under(torque, x_.data(), y_.data()); }
  /// With the current in another layout.
  [[nodiscard]] UnderCurrent under(const LlgsTorque& torque, const double* x, const double* y) const {
    return {torque, transfer_field_per_current_density_ * torque.current_density(), nonadiabaticity_, x, y};
  }

 private:
  double transfer_field_per_current_density_;  ///< m
  double nonadiabaticity_;
  double largest_current_ = 0.0;  ///< modulus, over the moment of the cell
  double largest_sum_ = 0.0;      ///< of the moduli of the components, the same
  AlignedVector<double> x_;
  AlignedVector<double> y_;
};

}  // namespace spinsweep::micromagnetics
