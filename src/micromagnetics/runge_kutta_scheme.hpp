#pragma once

#include <vector>

namespace spinsweep::micromagnetics {

/// An explicit Runge-Kutta method of third order with `stages` evaluations a step,
///
///   u_1 = u + h a_1 f(u),  u_i = u + h a_i f(u_(i-1)),  u' = u + h/4 f(u) + 3h/4 f(u_(s-1)),
///   a_(s-1) = 2/3,  a_(s-2) = 1/3,
///
/// which is Heun's method for s = 3. The last two coefficients make it of third order for any values of the others;
/// these are chosen for stability. Stage i lies at the time t + a_i h. The difference of f(u) - 3 f(u_(s-1)) + 2 f(u')
/// from zero is of second order and gives the error estimate.
struct RungeKuttaScheme {
  int stages = 0;
  std::vector<double> a;  ///< a_1 to a_(s-1)
  double radius = 0.0;    ///< stable for |z| up to this, see stability_radius()
};

/// Largest |z| up to which the method stays stable along z = |z| (-damping +- i)/sqrt(1 + damping^2), the ray of the
/// damped precession, and along rays up to ten degrees closer to the negative real axis, where the ellipticity of the
/// precession can put an eigenvalue. damping: > 0.
[[nodiscard]] double stability_radius(const std::vector<double>& a, double damping);

/// The most stable methods known for a damping, in order of stages, each more stable than the one before.
/// Their coefficients maximise the stability radius (D. I. Ketcheson and A. J. Ahmadia, Commun. Appl. Math. Comput.
/// Sci. 7, 247 (2012)); benchmarks/optimal_stability.py computes the table.
[[nodiscard]] std::vector<RungeKuttaScheme> stable_schemes(double damping);

}  // namespace spinsweep::micromagnetics
