#pragma once

#include <concepts>
#include <string_view>

#include "base/constants.hpp"
#include "base/pack.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/stencil.hpp"

namespace spinsweep::micromagnetics {

struct Material;

/// What a term adds to the spectral radius of the linearised equation, expressed as a field, A/m.
struct SpectralBound {
  double coupling = 0.0;  ///< through the neighbours of a cell: the norm of the stencil that maps m to the field
  double on_site = 0.0;   ///< through the cell alone
};

/// A term whose energy is not summed as m.H: its energy density is energy_constant(material) (J/m^3) times
/// reduced_energy(stencil) (1).
template <class Term>
concept HasReducedEnergy = requires(const Material& material, const Stencil& m) {
  { Term::energy_constant(material) } -> std::same_as<double>;
  { Term::reduced_energy(m) } -> std::same_as<double>;
};

/// A term whose energy density is -energy_factor mu0 Ms m.H: 1/2 if it is quadratic in m, 1 for an applied field.
template <class Term>
concept HasEnergyFactor = requires {
  { Term::energy_factor } -> std::convertible_to<double>;
};

/// A local term of the effective field: a struct in a header field_x.hpp, listed in local_field.hpp. From these members
/// follow the field in the hot loop, the energy in the results file and the largest stable step. A constant that no
/// other part needs is declared by the term, in a struct Constants with the keys of [material] that fill it; Material
/// consists of these too, which is why members that take a material are templates.
template <class Term>
concept FieldTerm = (HasEnergyFactor<Term> != HasReducedEnergy<Term>)&&std::constructible_from<
    Term, const Material&, const Mesh&>&& requires(const Term& term, const Stencil& cell,
                                                   const BasicStencil<Pack<double>>& cells) {
  { Term::name } -> std::convertible_to<std::string_view>;  // in the results file
  // The sum of total and the term's field, A/m: fused multiply-adds take the sum into the product with the coefficient.
  { term.add_field(cell, Vector3{}) } -> std::same_as<Vector3>;
  { term.add_field(cells, BasicVector3<Pack<double>>{}) } -> std::same_as<BasicVector3<Pack<double>>>;
  { term.spectral_bound() } -> std::same_as<SpectralBound>;
};

/// A term of an applied field: it does not depend on the moment of a cell.
template <class Term>
inline constexpr bool is_applied = false;
template <HasEnergyFactor Term>
inline constexpr bool is_applied<Term> = Term::energy_factor == 1.0;

/// The sum of total and the term's field where the material varies, A/m, on a cell of the full moment. A term that
/// has no such overload is the same everywhere.
template <class Term, class Real, class Local>
[[nodiscard]] BasicVector3<Real> add_field(const Term& term, const BasicStencil<Real>& m, const Local& local,
                                           const BasicVector3<Real>& total) {
  if constexpr (requires { term.add_field(m, local, total); }) {
    return term.add_field(m, local, total);
  } else {
    return term.add_field(m, total);
  }
}

/// The field of one term, A/m.
template <class Term, class Real>
[[nodiscard]] BasicVector3<Real> field_of(const Term& term, const BasicStencil<Real>& m) {
  return term.add_field(m, {Real(0.0), Real(0.0), Real(0.0)});
}

/// Energy density of a term in a cell in units of energy_constant(), 1 or A/m.
template <FieldTerm Term>
[[nodiscard]] double reduced_energy(const Term& term, const Stencil& m) {
  if constexpr (HasReducedEnergy<Term>) {
    return Term::reduced_energy(m);
  } else {
    return dot(m.centre, field_of(term, m));
  }
}

/// The energy of a term in a cell of a material that varies, over mu0 Ms times the volume of a cell, A/m. moment: share
/// of the full moment.
template <FieldTerm Term, class Local>
[[nodiscard]] double energy_as_field(const Term& term, const auto& material, const Stencil& m, const Local& local,
                                     double moment) {
  if constexpr (requires { Term::reduced_energy(m, local); }) {
    return 0.5 * Term::reduced_energy(m, local);
  } else if constexpr (HasReducedEnergy<Term>) {
    return Term::energy_constant(material) * Term::reduced_energy(m) /
           (constants::vacuum_permeability * material.saturation_magnetization);
  } else {
    return -Term::energy_factor * (is_applied<Term> ? moment : 1.0) * dot(m.centre, add_field(term, m, local, {}));
  }
}

/// J/m^3, or T where reduced_energy() is a field.
template <FieldTerm Term>
[[nodiscard]] double energy_constant(const auto& material) {
  if constexpr (HasReducedEnergy<Term>) {
    return Term::energy_constant(material);
  } else {
    return -Term::energy_factor * constants::vacuum_permeability * material.saturation_magnetization;
  }
}

}  // namespace spinsweep::micromagnetics
