#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "micromagnetics/field_anisotropy.hpp"
#include "micromagnetics/field_applied.hpp"
#include "micromagnetics/field_dmi.hpp"
#include "micromagnetics/field_exchange.hpp"
#include "micromagnetics/field_term.hpp"

namespace spinsweep::micromagnetics {

/// The constants that only this term needs, if it has some.
template <class Term>
struct ConstantsOf {
  struct type {
    static void declare(auto& /*key*/) {}
  };
};
template <class Term>
requires requires {
  typename Term::Constants;
}
struct ConstantsOf<Term> {
  using type = typename Term::Constants;
};

/// Sum of local field terms, composed at compile time so that one pass over the cells evaluates them all.
template <FieldTerm... Terms>
struct LocalFieldSum {
  std::tuple<Terms...> terms;

  struct Constants : ConstantsOf<Terms>::type... {
    static void declare(auto& key) { (key.template base<typename ConstantsOf<Terms>::type>(), ...); }
  };

  LocalFieldSum(const Material& material, const Mesh& mesh) : terms(Terms(material, mesh)...) {}

  /// The sum of total and the fields of all terms, A/m.
  template <class Real>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, BasicVector3<Real> total) const {
    std::apply([&](const Terms&... term) { ((total = term.add_field(m, total)), ...); }, terms);
    return total;
  }

  /// The same where the material may vary.
  template <class Real, class Local>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const Local& local,
                                             BasicVector3<Real> total) const {
    if constexpr (!Local::varies) {
      return add_field(m, total);
    } else if constexpr (!Local::varies_in_moment) {
      std::apply([&](const Terms&... term) { ((total = micromagnetics::add_field(term, m, local, total)), ...); },
                 terms);
      return total;
    } else {
      BasicVector3<Real> of_moment{Real(0.0), Real(0.0), Real(0.0)};
      std::apply(
          [&](const Terms&... term) {
            ((is_applied<Terms> ? (total = micromagnetics::add_field(term, m, local, total))
                                : (of_moment = micromagnetics::add_field(term, m, local, of_moment))),
             ...);
          },
          terms);
      return multiply_add(local.inverse_moment, of_moment, total);
    }
  }

  template <class Term>
  [[nodiscard]] const Term& get() const {
    return std::get<Term>(terms);
  }
  template <class Term>
  [[nodiscard]] Term& get() {
    return std::get<Term>(terms);
  }

  static constexpr std::array<std::string_view, sizeof...(Terms)> names = {Terms::name...};

  template <class Term>
  [[nodiscard]] static constexpr std::size_t index_of() {
    std::size_t index = 0;
    static_cast<void>(((std::is_same_v<Term, Terms> || (++index, false)) || ...));
    return index;
  }

  /// Calls use(term, index) for every term in turn.
  template <class Use>
  void for_each(Use use) const {
    std::apply(
        [&use](const Terms&... term) {
          std::size_t index = 0;
          (use(term, index++), ...);
        },
        terms);
  }
};

/// Every local term of the model. A new term is one header like field_exchange.hpp and one word here.
using LocalField = LocalFieldSum<ExchangeField, AnisotropyField, DmiField, AppliedField>;

}  // namespace spinsweep::micromagnetics
