#pragma once

#include <cmath>

#include "base/constants.hpp"
#include "micromagnetics/material.hpp"
#include "micromagnetics/stencil.hpp"
#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

/// Right-hand side of the Landau-Lifshitz-Gilbert-Slonczewski equation with a spin-orbit torque,
///
///   dm/dt = -g0 m x H + alpha m x dm/dt + g0 b m x (s x m) - g0 xi b m x s,   b = hbar theta J/(2 e mu0 Ms t),
///
/// solved for dm/dt. theta is the effective spin Hall angle, s = -y the polarisation of the spin current that a current
/// along +x injects, t the thickness of the film and xi the field-like torque in units of the damping-like one. Source:
/// J. C. Slonczewski, J. Magn. Magn. Mater. 159, L1 (1996); A. V. Khvalkovskiy et al., Phys. Rev. B 87, 020402 (2013),
/// eq. 1, for the spin-Hall torque.
class LlgsTorque {
 public:
  /// thickness: of the ferromagnet, m.
  LlgsTorque(const Material& material, double thickness)
      : gyromagnetic_ratio_(material.gyromagnetic_ratio),
        damping_(material.damping),
        field_like_(material.field_like_ratio),
        torque_field_per_current_density_(constants::reduced_planck_constant * material.spin_hall_angle /
                                          (2.0 * constants::elementary_charge * constants::vacuum_permeability *
                                           material.saturation_magnetization * thickness)) {}

  /// current_density: A/m^2 along +x.
  void set_current_density(double current_density) {
    current_density_ = current_density;
    torque_field_ = torque_field_per_current_density_ * current_density;
  }
  [[nodiscard]] double current_density() const { return current_density_; }

  /// The field of the damping-like torque, A/m, and the field-like torque in units of it.
  [[nodiscard]] double torque_field() const { return torque_field_; }
  [[nodiscard]] double field_like_ratio() const { return field_like_; }

  /// Modulus of the field that has the effect of the spin-orbit torque, at most; A/m.
  [[nodiscard]] double strength() const { return std::abs(torque_field_) * std::hypot(1.0, field_like_); }

  /// The sum of a field (A/m) and the field, a function of m, that has the effect of the spin-orbit torque.
  template <class Real>
  [[nodiscard]] BasicVector3<Real> add_torque_field(const BasicVector3<Real>& m,
                                                    const BasicVector3<Real>& field) const {
    // With s = -y: s x m = (-m_z, 0, m_x).
    return {multiply_add(Real(torque_field_), m.z, field.x), field.y - Real(field_like_ * torque_field_),
            negative_multiply_add(Real(torque_field_), m.x, field.z)};
  }

  /// The same where the material may vary.
  template <class Real, class Local>
  [[nodiscard]] BasicVector3<Real> add_torque_field(const BasicVector3<Real>& m, const BasicVector3<Real>& field,
                                                    const Local& local) const {
    if constexpr (Local::varies_in_moment) {
      const Real strength = Real(torque_field_) * local.torque;
      return {multiply_add(strength, m.z, field.x), negative_multiply_add(Real(field_like_), strength, field.y),
              negative_multiply_add(strength, m.x, field.z)};
    } else {
      return add_torque_field(m, field);
    }
  }

  /// m: 1, effective_field: A/m; returns dm/dt in 1/s.
  template <class Real, class Local>
  [[nodiscard]] BasicVector3<Real> derivative(BasicVector3<Real> m, BasicVector3<Real> effective_field,
                                              const Local& local) const {
    return derivative_in_field(m, add_torque_field(m, effective_field, local));
  }

  /// What LocalTorques has for each cell: the same torque everywhere.
  [[nodiscard]] const LlgsTorque& at(std::size_t /*k*/) const { return *this; }
  template <class Real, class Local>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const BasicVector3<Real>& field,
                                             const Local& local) const {
    return add_torque_field(m.centre, field, local);
  }

  /// dm/dt in a field that includes those of the torques.
  template <class Real>
  [[nodiscard]] BasicVector3<Real> derivative_in_field(BasicVector3<Real> m, BasicVector3<Real> field) const {
    const BasicVector3<Real> precession = cross(Real(-gyromagnetic_ratio_) * m, field);
    return Real(1.0 / (1.0 + damping_ * damping_)) * multiply_add(Real(damping_), cross(m, precession), precession);
  }

 private:
  double gyromagnetic_ratio_;
  double damping_;
  double field_like_;
  double torque_field_per_current_density_;
  double current_density_ = 0.0;
  double torque_field_ = 0.0;  ///< b, A/m
};

}  // namespace spinsweep::micromagnetics
