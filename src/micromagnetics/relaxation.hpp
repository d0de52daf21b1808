#pragma once

#include <functional>
#include <span>

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// When a relaxation ends.
struct RelaxationSettings {
  double stopping_rate = 1e7;                ///< largest |dm/dt| of a cell that counts as at rest, 1/s
  double longest = 2e-9;                     ///< simulated time after which it ends anyway, s
  double tolerance = 1e-5;                   ///< as for TimeIntegration
  std::function<void()> after_step = [] {};  ///< called after every step; what it throws ends the relaxation
};

/// Lets m (vector field of the whole `mesh`, on every rank that shares it; collective on them) run down its energy: the
/// LLG equation without current at critical damping (1) and zero temperature, in which the energy can only fall. A wall
/// in a track without pinning has no position of rest: it takes its shape and then drifts, drawn by the demagnetising
/// field, until the longest time ends the relaxation.
void relax(const Material& material, const Mesh& mesh, const Mask& mask, std::shared_ptr<DemagField> demag,
           Vector3 applied_field, const RelaxationSettings& settings, std::span<double> m);

}  // namespace spinsweep::micromagnetics
