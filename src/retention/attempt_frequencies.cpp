#include "retention/attempt_frequencies.hpp"

#include "micromagnetics/attempt_frequency.hpp"

namespace spinsweep::retention {

AttemptFrequencies attempt_frequencies(micromagnetics::LlgsSystem& system,
                                       const micromagnetics::MinimumEnergyPath& path) {
  using micromagnetics::HessianMatrix;
  const micromagnetics::Material& material = system.material();
  const HessianMatrix saddle(system, path.saddle);
  const double rate =
      micromagnetics::growth_rate(saddle, path.curvatures.front(), material.damping, material.gyromagnetic_ratio);
  return {attempt_frequency(HessianMatrix(system, path.images.front()), saddle, rate),
          attempt_frequency(HessianMatrix(system, path.images.back()), saddle, rate)};
}

}  // namespace spinsweep::retention
