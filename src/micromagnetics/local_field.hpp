#pragma once

#include <tuple>

#include "micromagnetics/field_anisotropy.hpp"
#include "micromagnetics/field_applied.hpp"
#include "micromagnetics/field_dmi.hpp"
#include "micromagnetics/field_exchange.hpp"

namespace spinsweep::micromagnetics {

/// Sum of local field terms, composed at compile time so that one pass over the cells evaluates them all.
template <class... Terms>
struct LocalFieldSum {
  std::tuple<Terms...> terms;

  /// A/m
  template <class Real>
  [[nodiscard]] BasicVector3<Real> field(const BasicStencil<Real>& m) const {
    return std::apply([&m](const Terms&... term) { return (term.field(m) + ...); }, terms);
  }

  template <class Term>
  [[nodiscard]] const Term& get() const {
    return std::get<Term>(terms);
  }
  template <class Term>
  [[nodiscard]] Term& get() {
    return std::get<Term>(terms);
  }
};

/// Every local term of the model. A new term is one file like field_exchange.hpp and one word here.
using LocalField = LocalFieldSum<ExchangeField, AnisotropyField, DmiField, UniformField>;

/// Those terms, without an applied field.
[[nodiscard]] inline LocalField make_local_field(const Material& material, const Mesh& mesh) {
  return {{ExchangeField(material, mesh), AnisotropyField(material), DmiField(material, mesh), UniformField{}}};
}

}  // namespace spinsweep::micromagnetics
