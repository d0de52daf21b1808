#pragma once

#include <span>
#include <vector>

#include "analysis/bootstrap.hpp"

namespace spinsweep::analysis {

/// Observations that share a parameter's value, or a range of its values.
struct EffectBin {
  double value = 0.0;  ///< mean of the parameter
  double mean = 0.0;   ///< mean of the outcome
  std::size_t count = 0;
};

/// How an outcome depends on one parameter, all others averaged over.
struct MainEffect {
  std::vector<EffectBin> bins;  ///< parameter ascending
  double share = 0.0;  ///< of the outcome's variance that lies between the bins, 0 to 1; NaN if it does not vary
  Interval share_interval;
};

/// parameter, outcome: one number per observation; observations whose outcome is not a number are left out. A parameter
/// with at most `most_bins` different values has a bin for each, any other that many bins of equal numbers of
/// observations. The share is the correlation ratio, R. A. Fisher, Statistical Methods for Research Workers (1925),
/// section 45. Bins of ranges take a share by chance, some 0.12 of the variance where ten hold 75 observations; T. L.
/// Kelley, Proceedings of the National Academy of Sciences 21 (1935) 554, has the estimate without it, which is taken
/// for them and never below 0. Observations that chance touches together have the same number in `cluster`: all
/// trainings on one variant, which count as one number there, or with one seed. The interval comes from resampling
/// whole clusters. With fewer than two clusters both ends are NaN. Errors: Error if parameter, outcome and cluster are
/// not equally long.
[[nodiscard]] MainEffect main_effect(std::span<const double> parameter, std::span<const double> outcome,
                                     std::span<const std::size_t> cluster, std::size_t most_bins,
                                     const BootstrapSettings& settings = {});

}  // namespace spinsweep::analysis
