#pragma once

#include <span>

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

/// How often it tries to leave one end alone, whose magnetisation is `well`, 1/s.
[[nodiscard]] double attempt_frequency_from(micromagnetics::LlgsSystem& system,
                                            const micromagnetics::MinimumEnergyPath& path,
                                            std::span<const double> well);

}  // namespace spinsweep::retention
