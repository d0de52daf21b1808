#include "micromagnetics/stability.hpp"

#include <cmath>
#include <cstddef>

namespace spinsweep::micromagnetics {

FieldBounds field_bounds(const Material& material, const LocalField& terms, const LlgsTorque& torque) {
  FieldBounds bounds;
  terms.for_each([&](const auto& term, std::size_t index) {
    bounds.coupling += term.spectral_bound().coupling;
    if (index == demagnetization_index) {
      bounds.on_site += material.saturation_magnetization;
    }
    bounds.on_site += term.spectral_bound().on_site;
  });
  bounds.on_site += torque.strength();
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
  field += system.torque().strength();
  return material.gyromagnetic_ratio * field / std::sqrt(1.0 + material.damping * material.damping);
}

}  // namespace spinsweep::micromagnetics
