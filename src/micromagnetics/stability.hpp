#pragma once

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// Largest |z| up to which the thermal energy of a damped precession under Heun's method with noise has a relative
/// error of at most `error`: z = |z| (-damping +- i)/sqrt(1 + damping^2) is the step times the eigenvalue. A mode u of
/// the linearised equation, du = lambda u dt + dW, has <|u|^2> = 1/(-2 Re lambda); one step of Heun's method multiplies
/// u by 1 + z + z^2/2 and the noise by 1 + z/2, so that it becomes |1 + z/2|^2 h/(1 - |1 + z + z^2/2|^2). damping: > 0.
[[nodiscard]] double heun_equipartition_radius(double damping, double error);

/// Upper bound of the modulus of the eigenvalues of the linearised LLGS equation with the demagnetising field at its
/// largest, 1/s: the fastest spin wave the mesh can carry, plus what the other local terms and the spin-orbit torque
/// can add to it.
[[nodiscard]] double spectral_radius_bound(const Material& material, const LocalField& terms, const LlgsTorque& torque);
/// That of a film.
[[nodiscard]] double spectral_radius_bound(const LlgsSystem& system);

}  // namespace spinsweep::micromagnetics
