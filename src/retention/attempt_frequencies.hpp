#pragma once

#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/minimum_energy_path.hpp"

namespace spinsweep::retention {

/// How often a wall tries to leave either end of a path for the other, 1/s.
struct AttemptFrequencies {
  double forth = 0.0;
  double back = 0.0;
};

/// Those of Langer's theory for the path's saddle point, which has one unstable mode. Errors: those of HessianMatrix.
[[nodiscard]] AttemptFrequencies attempt_frequencies(micromagnetics::LlgsSystem& system,
                                                     const micromagnetics::MinimumEnergyPath& path);

}  // namespace spinsweep::retention
