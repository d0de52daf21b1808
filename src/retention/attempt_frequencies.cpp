#include "retention/attempt_frequencies.hpp"

#include "micromagnetics/attempt_frequency.hpp"

namespace spinsweep::retention {

using micromagnetics::HessianMatrix;

namespace {

/// The saddle point of a path, and the rate at which its unstable mode grows, 1/s.
struct Saddle {
  Saddle(micromagnetics::LlgsSystem& system, const micromagnetics::MinimumEnergyPath& path)
      : hessian(system, path.saddle),
        rate(micromagnetics::growth_rate(hessian, path.curvatures.front(), system.material().damping,
                                         system.material().gyromagnetic_ratio)) {}

  HessianMatrix hessian;
  double rate;
};

double frequency(micromagnetics::LlgsSystem& system, const Saddle& saddle, std::span<const double> well) {
  return attempt_frequency(HessianMatrix(system, well), saddle.hessian, saddle.rate);
}

}  // namespace

AttemptFrequencies attempt_frequencies(micromagnetics::LlgsSystem& system,
                                       const micromagnetics::MinimumEnergyPath& path) {
  const Saddle saddle(system, path);
  return {frequency(system, saddle, path.images.front()), frequency(system, saddle, path.images.back())};
}

double attempt_frequency_from(micromagnetics::LlgsSystem& system, const micromagnetics::MinimumEnergyPath& path,
                              std::span<const double> well) {
  return frequency(system, Saddle(system, path), well);
}

}  // namespace spinsweep::retention
