#pragma once

#include "base/constants.hpp"
#include "micromagnetics/material.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/stencil.hpp"

namespace spinsweep::micromagnetics {

/// Exchange field H = 2A/(mu0 Ms) laplacian(m), five-point stencil over magnetic neighbours only, which is the natural
/// boundary condition dm/dn = 0. Source: M. J. Donahue and D. G. Porter, Physica B 343, 177 (2004), the six-neighbour
/// scheme, in one layer of square cells.
struct ExchangeField {
  double coefficient = 0.0;  ///< 2A/(mu0 Ms dx^2), A/m

  ExchangeField(const Material& material, const Mesh& mesh)
      : coefficient(2.0 * material.exchange_stiffness /
                    (constants::vacuum_permeability * material.saturation_magnetization * mesh.dx * mesh.dx)) {}

  /// A/m
  template <class Real>
  [[nodiscard]] BasicVector3<Real> field(const BasicStencil<Real>& m) const {
    return Real(coefficient) * negative_multiply_add(m.neighbours, m.centre, m.east + m.west + m.north + m.south);
  }
};

}  // namespace spinsweep::micromagnetics
