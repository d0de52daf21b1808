#pragma once

#include "micromagnetics/stencil.hpp"

namespace spinsweep::micromagnetics {

/// Uniform applied (Zeeman) field.
struct UniformField {
  Vector3 applied;  ///< A/m

  /// A/m
  [[nodiscard]] Vector3 field(const Stencil& /*m*/) const { return applied; }
};

}  // namespace spinsweep::micromagnetics
