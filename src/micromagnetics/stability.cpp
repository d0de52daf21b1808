#include "micromagnetics/stability.hpp"

#include <cmath>
#include <cstddef>

namespace spinsweep::micromagnetics {

namespace {

FieldBounds bounds_of_varying(double demag_magnetization, const LocalField& terms, const LlgsTorque& torque,
                              const MaterialBounds& material) {
  FieldBounds bounds{
      .coupling = material.coupling,
      .on_site = material.on_site + demag_magnetization * material.largest_moment +
                 torque.strength() * material.largest_torque,
  };
  terms.for_each([&]<class Term>(const Term& term, std::size_t) {
    constexpr bool is_in_material = requires(const Stencil& m, const GrainMaterial<double>& local) {
      term.add_field(m, local, Vector3{});
    };
    if constexpr (!is_in_material) {
      const double factor = is_applied<Term> ? 1.0 : material.largest_inverse_moment;
      bounds.coupling += factor * term.spectral_bound().coupling;
      bounds.on_site += factor * term.spectral_bound().on_site;
    }
  });
  return bounds;
}

}  // namespace

FieldBounds field_bounds(double demag_magnetization, const LocalField& terms, const LlgsTorque& torque,
                         const LocalMaterials* materials) {
  if (materials != nullptr) {
    return bounds_of_varying(demag_magnetization, terms, torque, materials->bounds());
  }
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
  if (system.local_materials() != nullptr) {
    const FieldBounds bounds = field_bounds(material.saturation_magnetization, system.local_field(),
                                            system.strongest_torque(), system.local_materials());
    return material.gyromagnetic_ratio * (bounds.coupling + bounds.on_site) /
           std::sqrt(1.0 + material.damping * material.damping);
  }
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
