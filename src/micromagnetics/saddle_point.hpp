#pragma once

#include <span>
#include <vector>

#include "micromagnetics/hessian.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/minimization.hpp"

namespace spinsweep::micromagnetics {

/// A stationary point of the energy at which the lowest curvature is negative.
struct SaddlePoint {
  std::vector<double> m;
  double energy = 0.0;  ///< J
  Modes modes;          ///< the lowest near m, the first of them unstable
  int steps = 0;        ///< evaluations of the effective field in the search, those of the modes not counted
  bool converged = false;
};

/// Follows the lowest mode from m uphill to a saddle point and goes downhill across it (G. Henkelman and H. Jonsson, J.
/// Chem. Phys. 111, 7010 (1999), with the exact Hessian): in turns, the lowest modes are improved, the field across the
/// first of them is followed by an accelerated descent, and a step of Newton's method is done along it. guesses: of the
/// modes at m. longest_step: along the mode, rad. settings.most_steps: evaluations of the field.
[[nodiscard]] SaddlePoint find_saddle_point(LlgsSystem& system, std::span<const double> m,
                                            std::vector<std::vector<double>> guesses, double longest_step,
                                            const DescentSettings& settings);

}  // namespace spinsweep::micromagnetics
