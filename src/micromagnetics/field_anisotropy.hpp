#pragma once

#include "base/constants.hpp"
#include "micromagnetics/material.hpp"
#include "micromagnetics/stencil.hpp"

namespace spinsweep::micromagnetics {

/// Uniaxial anisotropy with the film normal z as its easy axis: energy density Ku (1 - mz^2),
/// field H = 2 Ku/(mu0 Ms) mz z.
struct AnisotropyField {
  double coefficient = 0.0;  ///< 2 Ku/(mu0 Ms), A/m

  explicit AnisotropyField(const Material& material)
      : coefficient(2.0 * material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization)) {}

  /// A/m
  template <class Real>
  [[nodiscard]] BasicVector3<Real> field(const BasicStencil<Real>& m) const {
    return {Real(0.0), Real(0.0), coefficient * m.centre.z};
  }
};

}  // namespace spinsweep::micromagnetics
