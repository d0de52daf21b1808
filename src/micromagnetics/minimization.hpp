#pragma once

#include <functional>
#include <span>

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// When a search for a minimum or a path ends.
struct DescentSettings {
  double tolerance = 1e-5;                   ///< largest |m x (H x m)|/Ms in a cell
  int most_steps = 20000;                    ///< evaluations of the effective field of a magnetisation
  std::function<void()> after_step = [] {};  ///< called after every step; an exception ends the search
};

struct Minimum {
  double energy = 0.0;  ///< J
  int steps = 0;
  bool converged = false;
};

/// Moves m to a minimum of the energy by an accelerated descent with the step 1/curvature_bound().
[[nodiscard]] Minimum minimize_energy(LlgsSystem& system, const DescentSettings& settings, std::span<double> m);

}  // namespace spinsweep::micromagnetics
