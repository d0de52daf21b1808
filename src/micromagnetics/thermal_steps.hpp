#pragma once

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// Durations of the steps of ThermalStepper, s; all are upper bounds.
struct ThermalSteps {
  double outer = 0.0;
  double inner = 0.0;

  /// Inner steps in each half of an outer step of that duration (s).
  [[nodiscard]] int inner_steps_of_half(double duration) const;
};

/// The longest steps with which the thermal energy and the motion of a wall are accurate to a per cent
/// (docs/decisions/0080). demag_magnetization: the saturation magnetisation of the demagnetising field, A/m. materials,
/// torques: as for field_bounds().
[[nodiscard]] ThermalSteps longest_thermal_steps(const Material& material, const Mesh& mesh, const LocalField& terms,
                                                 const LlgsTorque& torque, double demag_magnetization,
                                                 const LocalMaterials* materials = nullptr,
                                                 const LocalTorques* torques = nullptr);

}  // namespace spinsweep::micromagnetics
