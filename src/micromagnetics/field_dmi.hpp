#pragma once

#include <cmath>
#include <string_view>

#include "base/constants.hpp"
#include "micromagnetics/field_term.hpp"

namespace spinsweep::micromagnetics {

/// Interfacial Dzyaloshinskii-Moriya interaction, energy density
/// D [mz dmx/dx - mx dmz/dx + mz dmy/dy - my dmz/dy]. The field is the variation of the pairwise central-difference sum
/// in which a missing neighbour contributes nothing, so no boundary condition is imposed beyond it.
/// Source: A. N. Bogdanov and U. K. Roessler, Phys. Rev. Lett. 87, 037203 (2001), eq. 3, in the discretisation of
/// S. Rohart and A. Thiaville, Phys. Rev. B 88, 184422 (2013). With this sign the centre of a down|up wall (-z on its
/// left) points to +x for D > 0.
struct DmiField {
  static constexpr std::string_view name = "dmi";
  static constexpr double energy_factor = 0.5;

  double coefficient;  ///< D/(mu0 Ms dx), A/m

  DmiField(const auto& material, const Mesh& mesh)
      : coefficient(material.dmi / (constants::vacuum_permeability * material.saturation_magnetization * mesh.dx)) {}

  template <class Real>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const BasicVector3<Real>& total) const {
    return {multiply_add(Real(coefficient), m.east.z - m.west.z, total.x),
            multiply_add(Real(coefficient), m.north.z - m.south.z, total.y),
            negative_multiply_add(Real(coefficient), m.east.x - m.west.x + m.north.y - m.south.y, total.z)};
  }

  /// Of pairs of cells that are coupled differently.
  template <class Real, class Local>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const Local& local,
                                             const BasicVector3<Real>& total) const {
    if constexpr (Local::varies_in_moment) {
      const Real along_x = negative_multiply_add(local.dmi_west, m.west.z, local.dmi_east * m.east.z);
      const Real along_y = negative_multiply_add(local.dmi_south, m.south.z, local.dmi_north * m.north.z);
      const Real x = negative_multiply_add(local.dmi_west, m.west.x, local.dmi_east * m.east.x);
      const Real y = negative_multiply_add(local.dmi_south, m.south.y, local.dmi_north * m.north.y);
      return {total.x + along_x, total.y + along_y, total.z - (x + y)};
    } else if constexpr (requires { local.dmi_per_exchange; }) {
      const Real z_along_x = negative_multiply_add(local.exchange_west, m.west.z, local.exchange_east * m.east.z);
      const Real z_along_y = negative_multiply_add(local.exchange_south, m.south.z, local.exchange_north * m.north.z);
      const Real x = negative_multiply_add(local.exchange_west, m.west.x, local.exchange_east * m.east.x);
      const Real y = negative_multiply_add(local.exchange_south, m.south.y, local.exchange_north * m.north.y);
      return {multiply_add(local.dmi_per_exchange, z_along_x, total.x),
              multiply_add(local.dmi_per_exchange, z_along_y, total.y),
              negative_multiply_add(local.dmi_per_exchange, x + y, total.z)};
    } else {
      return add_field(m, total);
    }
  }

  /// The central difference along each direction has norm 2.
  [[nodiscard]] SpectralBound spectral_bound() const { return {.coupling = 4.0 * std::abs(coefficient)}; }
};

}  // namespace spinsweep::micromagnetics
