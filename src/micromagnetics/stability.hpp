#pragma once

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// Largest |z| for which the third-order Runge-Kutta method of Bogacki and Shampine stays stable along the ray of the
/// damped precession, z = |z| (-damping +- i)/sqrt(1 + damping^2). damping: > 0.
[[nodiscard]] double bogacki_shampine_stability_radius(double damping);

/// Upper bound of the modulus of the eigenvalues of the linearised LLGS equation without its demagnetising field, 1/s:
/// the fastest spin wave the mesh can carry, plus what the other local terms can add to it.
[[nodiscard]] double spectral_radius_bound(const LlgsSystem& system);

}  // namespace spinsweep::micromagnetics
