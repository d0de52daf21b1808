#pragma once

namespace spinsweep::micromagnetics {

/// Parameters of the ferromagnet, SI units, uniform over the track.
struct Material {
  double saturation_magnetization = 1.1e6;  ///< A/m
  double exchange_stiffness = 2.0e-11;      ///< J/m
  double anisotropy = 1.0e6;                ///< uniaxial, easy axis z, J/m^3
  double dmi = 1.0e-3;                      ///< interfacial Dzyaloshinskii-Moriya constant, J/m^2
  double damping = 0.6;                     ///< Gilbert damping, 1
  double gyromagnetic_ratio = 2.211e5;      ///< gamma_0 = mu_0 |gamma|, m/(A s)
  double spin_polarization = 0.4;           ///< effective spin polarisation (spin Hall angle) of the spin current, 1
  double field_like_torque = 0.0;           ///< field-like over damping-like spin-orbit torque, 1
  double temperature = 0.0;                 ///< K
};

}  // namespace spinsweep::micromagnetics
