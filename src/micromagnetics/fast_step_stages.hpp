#pragma once

#include <array>
#include <span>

#include "micromagnetics/columns.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/runge_kutta_scheme.hpp"

namespace spinsweep::micromagnetics {

/// Buffers of one Runge-Kutta fast step.
struct FastStepBuffers {
  const double* start;            ///< the magnetisation it starts from
  double* slope;                  ///< dm/dt there, 1/s; afterwards f(u) - 3 f(u_(s-1)) of runge_kutta_scheme.hpp
  std::array<double*, 2> stages;  ///< room for stages; equal to the start outside of the columns
  double* end;                    ///< the magnetisation it ends with
};

/// What acts on the magnetisation at the time of a stage beside the local terms.
struct StageForces {
  FieldCombination demagnetization;
  LlgsTorque torque;
};

/// Takes all stages of a fast step in the given columns. forces: at the stages 1, 2, .... Where ranks share the system,
/// on the rows of each; collective.
void take_stages(LlgsSystem& system, Columns columns, const RungeKuttaScheme& scheme, double duration,
                 std::span<const StageForces> forces, const FastStepBuffers& buffers);

}  // namespace spinsweep::micromagnetics
