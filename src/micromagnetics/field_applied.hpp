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

  AppliedField(const Material& /*material*/, const Mesh& /*mesh*/) {}

  /// A/m
  template <class Real>
  [[nodiscard]] BasicVector3<Real> field(const BasicStencil<Real>& /*m*/) const {
    return {Real(applied.x), Real(applied.y), Real(applied.z)};
  }

  [[nodiscard]] SpectralBound spectral_bound() const { return {.on_site = std::sqrt(dot(applied, applied))}; }
};

}  // namespace spinsweep::micromagnetics
