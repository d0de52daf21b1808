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

/// How far an accelerated descent moves beyond each step, in units of the last movement: Y. Nesterov's method with the
/// restart of B. O'Donoghue and E. Candes, Found. Comput. Math. 15, 715 (2015), gradient scheme.
class Momentum {
 public:
  /// power: product of the last force and the movement that followed; negative where the descent has overshot.
  double after(double power) {
    since_restart_ = power < 0.0 ? 0.0 : since_restart_ + 1.0;
    return since_restart_ / (since_restart_ + 3.0);
  }

 private:
  double since_restart_ = 0.0;
};

/// Moves m to a minimum of the energy by an accelerated descent on the product of unit spheres, with the step
/// 1/curvature_bound().
[[nodiscard]] Minimum minimize_energy(LlgsSystem& system, const DescentSettings& settings, std::span<double> m);

}  // namespace spinsweep::micromagnetics
