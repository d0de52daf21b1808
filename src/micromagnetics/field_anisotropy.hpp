#pragma once

#include <cmath>
#include <string_view>

#include "base/constants.hpp"
#include "micromagnetics/field_term.hpp"

namespace spinsweep::micromagnetics {

/// Uniaxial anisotropy with the film normal z as its easy axis: energy density Ku (1 - mz^2),
/// field H = 2 Ku/(mu0 Ms) mz z.
struct AnisotropyField {
  static constexpr std::string_view name = "anisotropy";

  double coefficient;  ///< 2 Ku/(mu0 Ms), A/m

  AnisotropyField(const auto& material, const Mesh& /*mesh*/)
      : coefficient(2.0 * material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization)) {}

  template <class Real>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const BasicVector3<Real>& total) const {
    return {total.x, total.y, multiply_add(Real(coefficient), m.centre.z, total.z)};
  }

  /// With a strength and an axis of the cell's own.
  template <class Real, class Local>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const Local& local,
                                             const BasicVector3<Real>& total) const {
    if constexpr (!Local::varies_in_anisotropy) {
      return add_field(m, total);
    } else if constexpr (!Local::varies_in_axis) {
      return {total.x, total.y, total.z + local.anisotropy * m.centre.z};
    } else {
      return multiply_add(local.anisotropy * dot(m.centre, local.axis), local.axis, total);
    }
  }
  /// The energy density of a cell over mu0 Ms/2, A/m.
  template <class Local>
  [[nodiscard]] static double reduced_energy(const Stencil& m, const Local& local) {
    const Vector3 normal = cross(m.centre, local.axis);
    return local.anisotropy * dot(normal, normal);
  }

  /// J/m^3
  [[nodiscard]] static double energy_constant(const auto& material) { return material.anisotropy; }
  /// 1 - mz^2, written as a sum that is zero without rounding in a uniform domain.
  [[nodiscard]] static double reduced_energy(const Stencil& m) {
    return m.centre.x * m.centre.x + m.centre.y * m.centre.y;
  }

  [[nodiscard]] SpectralBound spectral_bound() const { return {.on_site = std::abs(coefficient)}; }
};

}  // namespace spinsweep::micromagnetics
