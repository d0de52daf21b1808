#pragma once

#include <string_view>

#include "base/constants.hpp"
#include "micromagnetics/field_term.hpp"

namespace spinsweep::micromagnetics {

/// Exchange field H = 2A/(mu0 Ms) laplacian(m), five-point stencil over magnetic neighbours only, which is the natural
/// boundary condition dm/dn = 0. Source: M. J. Donahue and D. G. Porter, Physica B 343, 177 (2004), the six-neighbour
/// scheme, in one layer of square cells.
struct ExchangeField {
  static constexpr std::string_view name = "exchange";
  static constexpr double energy_factor = 0.5;

  double coefficient;  ///< 2A/(mu0 Ms dx^2), A/m

  ExchangeField(const auto& material, const Mesh& mesh)
      : coefficient(2.0 * material.exchange_stiffness /
                    (constants::vacuum_permeability * material.saturation_magnetization * mesh.dx * mesh.dx)) {}

  template <class Real>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const BasicVector3<Real>& total) const {
    const auto laplacian = negative_multiply_add(m.neighbours, m.centre, m.east + m.west + m.north + m.south);
    return multiply_add(Real(coefficient), laplacian, total);
  }

  /// Of neighbours that are coupled differently.
  template <class Real, class Local>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const Local& local,
                                             const BasicVector3<Real>& total) const {
    const auto of_neighbours = multiply_add(
        local.exchange_east, m.east,
        multiply_add(local.exchange_west, m.west,
                     multiply_add(local.exchange_north, m.north, multiply_add(local.exchange_south, m.south, total))));
    return negative_multiply_add(local.exchange_own, m.centre, of_neighbours);
  }

  /// The eigenvalues of the five-point Laplacian reach -8/dx^2.
  [[nodiscard]] SpectralBound spectral_bound() const { return {.coupling = 8.0 * coefficient}; }
};

}  // namespace spinsweep::micromagnetics
