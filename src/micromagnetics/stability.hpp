#pragma once

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// Upper bounds of the fields on a cell of a film, A/m. Each local term adds its spectral_bound().
struct FieldBounds {
  double coupling = 0.0;  ///< of neighbours, twice the field that they have when all are parallel
  double on_site = 0.0;   ///< of the cell itself, the demagnetising field at its largest, the spin-orbit torque
};

/// demag_magnetization: the saturation magnetisation of the demagnetising field, A/m. materials: those of a film that
/// varies; torques: those of a current that varies or flows in the ferromagnet too.
[[nodiscard]] FieldBounds field_bounds(double demag_magnetization, const LocalField& terms, const LlgsTorque& torque,
                                       const LocalMaterials* materials = nullptr,
                                       const LocalTorques* torques = nullptr);

/// Upper bound of the modulus of the eigenvalues of the linearised LLGS equation with the demagnetising field at its
/// largest, 1/s: the fastest spin wave the mesh can carry, plus what the other local terms and the spin-orbit torque
/// can add to it.
[[nodiscard]] double spectral_radius_bound(const LlgsSystem& system);

}  // namespace spinsweep::micromagnetics
