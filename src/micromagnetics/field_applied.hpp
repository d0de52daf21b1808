#pragma once

#include <cmath>
#include <string_view>

#include "micromagnetics/field_term.hpp"

namespace spinsweep::micromagnetics {

/// Uniform applied (Zeeman) field; zero until it is set.
struct AppliedField {
  static constexpr std::string_view name = "applied_field";
  static constexpr double energy_factor = 1.0;

  Vector3 applied{};  ///< A/m

  AppliedField(const auto& /*material*/, const Mesh& /*mesh*/) {}

  template <class Real>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& /*m*/, const BasicVector3<Real>& total) const {
    return {total.x + Real(applied.x), total.y + Real(applied.y), total.z + Real(applied.z)};
  }

  [[nodiscard]] SpectralBound spectral_bound() const { return {.on_site = std::sqrt(dot(applied, applied))}; }
};

}  // namespace spinsweep::micromagnetics
