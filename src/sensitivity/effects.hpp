#pragma once

#include <span>
#include <vector>

#include "analysis/main_effect.hpp"
#include "results/results.hpp"
#include "sensitivity/analysis_parameters.hpp"
#include "sensitivity/analysis_table.hpp"
#include "study/study.hpp"

namespace spinsweep::sensitivity {

/// Where in /analysis the effects on one outcome are kept: in variables over the parameter and then the outcome.
struct EffectTarget {
  const analysis_table::Effects& variables;
  store::Extent outcome;  ///< index along each dimension of the outcome
};

/// parameter: its number among the analysed ones.
void write_main_effect(results::Results& results, const EffectTarget& target, std::uint64_t parameter,
                       const analysis::MainEffect& effect);

/// The indices of every sampled parameter of a device whose sweep is a Saltelli sample. of_variant: the outcome of each
/// variant of the device, NaN where it is not known.
void write_sobol_indices(results::Results& results, const EffectTarget& target, const study::DevicePlan& plan,
                         const std::vector<AnalysedParameter>& parameters, std::span<const double> of_variant);

}  // namespace spinsweep::sensitivity
