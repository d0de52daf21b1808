#pragma once

#include "micromagnetics/stencil.hpp"

namespace spinsweep::micromagnetics {

/// Uniform applied (Zeeman) field.
struct UniformField {
  Vector3 applied;  ///< A/m

  /// A/m
  template <class Real>
  [[nodiscard]] BasicVector3<Real> field(const BasicStencil<Real>& /*m*/) const {
    return {Real(applied.x), Real(applied.y), Real(applied.z)};
  }
};

}  // namespace spinsweep::micromagnetics
