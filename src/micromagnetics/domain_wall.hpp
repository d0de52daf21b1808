#pragma once

#include <cmath>

#include "base/constants.hpp"
#include "micromagnetics/material.hpp"

namespace spinsweep::micromagnetics {

/// Perpendicular anisotropy less the demagnetising energy of a thin film, J/m3; not positive where the film is
/// magnetised in its plane. A. Hubert and R. Schaefer, Magnetic Domains (1998).
[[nodiscard]] inline double effective_anisotropy(const Material& material) {
  return material.anisotropy -
         0.5 * constants::vacuum_permeability * material.saturation_magnetization * material.saturation_magnetization;
}

/// Delta of m_z = tanh((x - position)/Delta) of a Bloch wall in a thin film, m; NaN or infinite without a positive
/// effective anisotropy.
[[nodiscard]] inline double domain_wall_width(const Material& material) {
  return std::sqrt(material.exchange_stiffness / effective_anisotropy(material));
}

}  // namespace spinsweep::micromagnetics
