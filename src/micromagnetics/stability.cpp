#include "micromagnetics/stability.hpp"

#include <cmath>
#include <complex>
#include <cstddef>

namespace spinsweep::micromagnetics {

double heun_equipartition_radius(double damping, double error) {
  const std::complex<double> direction = std::complex<double>(-damping, 1.0) / std::sqrt(1.0 + damping * damping);
  constexpr double increment = 1e-3;
  double radius = increment;
  while (true) {
    const std::complex<double> z = (radius + increment) * direction;
    const double energy = -2.0 * z.real() * std::norm(1.0 + 0.5 * z) / (1.0 - std::norm(1.0 + z * (1.0 + 0.5 * z)));
    if (!(std::abs(energy - 1.0) <= error)) {
      return radius;
    }
    radius += increment;
  }
}

double spectral_radius_bound(const Material& material, const LocalField& terms, const LlgsTorque& torque) {
  double field = 0.0;
  terms.for_each([&](const auto& term, std::size_t) { field += term.spectral_bound().coupling; });
  terms.for_each([&](const auto& term, std::size_t index) {
    if (index == demagnetization_index) {
      field += material.saturation_magnetization;
    }
    field += term.spectral_bound().on_site;
  });
  field += torque.strength();
  return material.gyromagnetic_ratio * field / std::sqrt(1.0 + material.damping * material.damping);
}

double spectral_radius_bound(const LlgsSystem& system) {
  return spectral_radius_bound(system.material(), system.local_field(), system.torque());
}

}  // namespace spinsweep::micromagnetics
