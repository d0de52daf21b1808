#pragma once

#include "base/key.hpp"
#include "micromagnetics/local_field.hpp"
#include "micromagnetics/spin_transfer.hpp"

namespace spinsweep::micromagnetics {

/// Parameters of the ferromagnet, SI units, uniform over the track.
struct Material {
  double saturation_magnetization = 1.1e6;
  double exchange_stiffness = 2.0e-11;
  double anisotropy = 1.0e6;
  double dmi = 1.0e-3;
  double damping = 0.6;
  double gyromagnetic_ratio = 2.211e5;
  double spin_hall_angle = 0.4;
  double field_like_ratio = 0.0;
  double temperature = 0.0;
  SpinTransfer spin_transfer = {};
  LocalField::Constants of_terms = {};

  static void declare(auto& key) {
    using enum keys::Role;
    key("saturation_magnetization", &Material::saturation_magnetization, "A m-1", keys::positive,
        "saturation magnetisation");
    key("exchange_stiffness", &Material::exchange_stiffness, "J m-1", keys::positive, "exchange stiffness");
    key("anisotropy", &Material::anisotropy, "J m-3", keys::any,
        "uniaxial anisotropy; easy axis z where it is positive");
    key("dmi", &Material::dmi, "J m-2", keys::any, "interfacial DMI constant");
    key("damping", &Material::damping, "1", keys::positive, "Gilbert damping", dynamics);
    key("gyromagnetic_ratio", &Material::gyromagnetic_ratio, "m A-1 s-1", keys::positive,
        "gyromagnetic ratio; gamma_0, that is mu_0 times the magnitude of gamma");
    key("spin_hall_angle", &Material::spin_hall_angle, "1", keys::between(-1.0, 1.0),
        "effective spin Hall angle; the damping-like torque has the field hbar theta J/(2 e mu0 Ms t), J the current "
        "density in the heavy metal and t the thickness of the ferromagnet. The paper calls it the spin polarisation",
        dynamics);
    key("field_like_ratio", &Material::field_like_ratio, "1", keys::any,
        "field-like over damping-like spin-orbit torque", dynamics);
    key("temperature", &Material::temperature, "K", keys::not_negative, "temperature", dynamics);
    key.table("spin_transfer", &Material::spin_transfer);
    key.table("", &Material::of_terms);
  }
};

}  // namespace spinsweep::micromagnetics
