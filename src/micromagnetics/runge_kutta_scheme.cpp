#include "micromagnetics/runge_kutta_scheme.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

#include "micromagnetics/runge_kutta_table.hpp"

namespace spinsweep::micromagnetics {

namespace {

double radius_along(const std::vector<double>& a, std::complex<double> direction) {
  constexpr double increment = 0.01;
  // The table's optimiser looked at isolated points; between them the modulus may exceed one by this much.
  constexpr double slack = 1e-6;
  double radius = 0.0;
  while (true) {
    const std::complex<double> z = (radius + increment) * direction;
    std::complex<double> stage = 1.0;
    for (const double coefficient : a) {
      stage = 1.0 + coefficient * z * stage;
    }
    if (std::abs(1.0 + z * (0.25 + 0.75 * stage)) > 1.0 + slack) {
      return radius;
    }
    radius += increment;
  }
}

}  // namespace

double stability_radius(const std::vector<double>& a, double damping) {
  double radius = std::numeric_limits<double>::max();
  for (const double degrees : {0.0, 1.0, 4.0, 10.0}) {
    const double angle = std::atan2(1.0, -damping) + degrees * std::numbers::pi / 180.0;
    radius = std::min(radius, radius_along(a, std::polar(1.0, std::min(angle, std::numbers::pi))));
  }
  return radius;
}

std::vector<RungeKuttaScheme> stable_schemes(double damping) {
  std::vector<RungeKuttaScheme> best;
  for (const TabulatedScheme& entry : runge_kutta_table) {
    std::vector<double> a(entry.a.begin(), entry.a.begin() + entry.stages - 3);
    a.insert(a.end(), {1.0 / 3.0, 2.0 / 3.0});
    const double radius = stability_radius(a, damping);
    const auto same =
        std::find_if(best.begin(), best.end(), [&](const auto& scheme) { return scheme.stages == entry.stages; });
    if (same == best.end()) {
      best.push_back({entry.stages, a, radius});
    } else if (radius > same->radius) {
      *same = {entry.stages, a, radius};
    }
  }
  std::sort(best.begin(), best.end(), [](const auto& x, const auto& y) { return x.stages < y.stages; });
  std::vector<RungeKuttaScheme> rising;
  for (RungeKuttaScheme& scheme : best) {
    if (rising.empty() || scheme.radius > rising.back().radius) {
      rising.push_back(std::move(scheme));
    }
  }
  return rising;
}

}  // namespace spinsweep::micromagnetics
