#pragma once

#include <span>

#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/step_watch.hpp"

namespace spinsweep::micromagnetics {

/// Tolerance and end of a relaxation.
struct RelaxationSettings {
  double stopping_rate = 1e7;  ///< relaxed when no cell has a larger |dm/dt|, 1/s
  double longest = 2e-9;       ///< largest simulated time, s
  double tolerance = 1e-5;     ///< as for TimeIntegration
  StepWatch watch = {};
};

/// Relaxes m towards a minimum of its energy by the LLG equation without current at critical damping (1) and zero
/// temperature, under which the energy can only decrease. A wall in a track without pinning sites has no equilibrium
/// position: it takes its shape and then drifts under the demagnetising field until `longest` ends the relaxation.
/// m: vector field of the whole mesh, on every rank that shares it; collective on them.
void relax(Film film, std::shared_ptr<DemagField> demag, Vector3 applied_field, const RelaxationSettings& settings,
           std::span<double> m);

}  // namespace spinsweep::micromagnetics
