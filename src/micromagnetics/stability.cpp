#include "micromagnetics/stability.hpp"

#include <cmath>
#include <cstddef>

namespace spinsweep::micromagnetics {

FieldBounds field_bounds(double demag_magnetization, const LocalField& terms, const LlgsTorque& torque) {
  FieldBounds bounds;
  bounds.on_site = demag_magnetization + torque.strength();
  terms.for_each([&bounds](const auto& term, std::size_t) {
    bounds.coupling += term.spectral_bound().coupling;
    bounds.on_site += term.spectral_bound().on_site;
  });
  return bounds;
}

double spectral_radius_bound(const LlgsSystem& system) {
  const Material& material = system.material();
  double field = 0.0;
  const LocalField& terms = system.local_field();
  terms.for_each([&](const auto& term, std::size_t) { field += term.spectral_bound().coupling; });
  terms.for_each([&](const auto& term, std::size_t index) {
    if (index == demagnetization_index) {
      field += material.saturation_magnetization;
    }
    field += term.spectral_bound().on_site;
  });
  field += system.strongest_torque().strength();
  return material.gyromagnetic_ratio * field / std::sqrt(1.0 + material.damping * material.damping);
}

}  // namespace spinsweep::micromagnetics
