#include "micromagnetics/stability.hpp"

#include <cmath>
#include <complex>

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
  // The five-point Laplacian's eigenvalues reach -8, the central differences of the DMI 4 (2 for each direction).
  const Vector3 applied = terms.get<UniformField>().applied;
  const double field = 8.0 * terms.get<ExchangeField>().coefficient +
                       4.0 * std::abs(terms.get<DmiField>().coefficient) +
                       std::abs(terms.get<AnisotropyField>().coefficient) + material.saturation_magnetization +
                       std::sqrt(dot(applied, applied)) + torque.strength();
  return material.gyromagnetic_ratio * field / std::sqrt(1.0 + material.damping * material.damping);
}

double spectral_radius_bound(const LlgsSystem& system) {
  return spectral_radius_bound(system.material(), system.local_field(), system.torque());
}

}  // namespace spinsweep::micromagnetics
