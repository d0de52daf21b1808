#pragma once

#include <vector>

#include "film.hpp"

namespace spinsweep::benchmarks {

/// The Runge-Kutta-Chebyshev method of second order with `stages` evaluations a
/// step (B. P. Sommeijer, L. F. Shampine and J. G. Verwer, J. Comput. Appl.
/// Math. 88, 315 (1998)). damping: their epsilon, 2/13 for diffusion; larger
/// values shorten the stable stretch of the negative real axis and widen the
/// strip around it.
struct ChebyshevMethod {
  ChebyshevMethod(int stages, double damping);

  int stages;
  /// Y_j = (1 - mu - nu) Y_0 + mu Y_(j-1) + nu Y_(j-2) + h rate F_(j-1) + h
  /// first_rate F_0 at the time c h; entry 1 is the first stage.
  struct Stage {
    double mu = 0.0, nu = 0.0, rate = 0.0, first_rate = 0.0, c = 0.0;
  };
  std::vector<Stage> stage;

  /// Largest |z| up to which it is stable on the rays of RungeKuttaScheme's
  /// stability_radius().
  [[nodiscard]] double stability_radius(double llg_damping) const;
};

/// The method of that many stages whose damping gives it the largest stability
/// radius.
[[nodiscard]] ChebyshevMethod most_stable_chebyshev(int stages, double llg_damping);

/// Integrates with steps as long as is stable, under a demagnetising field that
/// is evaluated every `interval` (s) and extrapolated quadratically, as the
/// project's own integrator does. duration: s, a multiple of the interval.
[[nodiscard]] Outcome integrate_with_chebyshev(Film& film, const ChebyshevMethod& method, double duration,
                                               double interval);

}  // namespace spinsweep::benchmarks
