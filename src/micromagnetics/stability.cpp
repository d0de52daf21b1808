#include "micromagnetics/stability.hpp"

#include <cmath>
#include <cstddef>

namespace spinsweep::micromagnetics {

namespace {

TorqueBounds bounds_of_torque(const LlgsTorque& torque, double largest_factor, const LocalTorques* torques) {
  return torques != nullptr ? torques->bounds(torque) : TorqueBounds{.on_site = torque.strength() * largest_factor};
}

FieldBounds bounds_of_varying(double demag_magnetization, const LocalField& terms, const TorqueBounds& torque,
                              const MaterialBounds& material) {
  FieldBounds bounds{
      .coupling = material.coupling + torque.coupling,
      .on_site = material.on_site + demag_magnetization * material.largest_moment + torque.on_site,
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
                         const LocalMaterials* materials, const LocalTorques* torques) {
  if (materials != nullptr) {
    return bounds_of_varying(demag_magnetization, terms,
                             bounds_of_torque(torque, materials->bounds().largest_torque, torques),
                             materials->bounds());
  }
  const TorqueBounds of_torque = bounds_of_torque(torque, 1.0, torques);
  FieldBounds bounds;
  bounds.coupling = of_torque.coupling;
  bounds.on_site = demag_magnetization + of_torque.on_site;
  terms.for_each([&bounds](const auto& term, std::size_t) {
    bounds.coupling += term.spectral_bound().coupling;
    bounds.on_site += term.spectral_bound().on_site;
  });
  return bounds;
}

double spectral_radius_bound(const LlgsSystem& system) {
  const Material& material = system.material();
  if (system.local_materials() != nullptr) {
    const FieldBounds bounds =
        field_bounds(material.saturation_magnetization, system.local_field(), system.strongest_torque(),
                     system.local_materials(), system.local_torques());
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
  const TorqueBounds torque = bounds_of_torque(system.strongest_torque(), 1.0, system.local_torques());
  field += torque.on_site + torque.coupling;
  return material.gyromagnetic_ratio * field / std::sqrt(1.0 + material.damping * material.damping);
}

}  // namespace spinsweep::micromagnetics
