#include <cmath>
#include <numeric>

#include "analysis/main_effect.hpp"
#include "base/not_a_number.hpp"
#include "sweep/analysis_parameters.hpp"
#include "sweep/analysis_stage.hpp"
#include "sweep/effects.hpp"

namespace spinsweep::sweep {

namespace {

std::vector<double> first_notch_current(const store::ResultsFile& file, std::size_t variant_count) {
  const auto currents = file.read<double>("/analysis/notch_depinning_current");
  const std::size_t notches = currents.size() / variant_count;
  std::vector<double> first;
  for (std::size_t v = 0; v < variant_count; ++v) {
    first.push_back(currents[v * notches]);
  }
  return first;
}

std::vector<double> conductance_range(const store::ResultsFile& file) {
  const auto counts = file.read<std::int32_t>("/variants/levels");
  const auto levels = file.read<double>("/variants/level_conductance");
  const std::size_t most = levels.size() / counts.size();
  std::vector<double> range;
  for (std::size_t v = 0; v < counts.size(); ++v) {
    const auto count = static_cast<std::size_t>(counts[v]);
    range.push_back(count > 0 ? levels[v * most + count - 1] - levels[v * most] : not_a_number);
  }
  return range;
}

/// One number for each synapse variant, NaN where it is not known.
std::vector<double> values_of(const DeviceQuantity& quantity, const study::Study& study,
                              const store::ResultsFile& file) {
  if (quantity.name == "conductance_range") {
    return conductance_range(file);
  }
  if (quantity.name == "depinning_current" && !study.synapse.bisection.exists()) {
    return first_notch_current(file, variants(study.synapse).size());
  }
  return file.read<double>((quantity.name == "depinning_current" ? "/variants/" : "/analysis/") + quantity.name);
}

}  // namespace

void analyse_device_quantities(const study::Study& study, store::ResultsFile& file) {
  const auto parameters = analysed_parameters(study);
  const auto quantities = device_quantities(study);
  for (std::uint64_t q = 0; q < quantities.size(); ++q) {
    const auto values = values_of(quantities[q], study, file);
    const EffectTarget target{.effect = "device_effect", .sobol = "device_sobol", .outcome = {q}};
    // Nothing is left to chance in a grid of simulations; in a sample the points are.
    std::vector<std::size_t> clusters(values.size(), 0);
    if (!study.synapse.sampled_axes.empty()) {
      std::iota(clusters.begin(), clusters.end(), std::size_t{0});
    }
    for (std::uint64_t k = 0; k < parameters.size(); ++k) {
      if (parameters[k].kind == device::Kind::synapse) {
        write_main_effect(file, target, k,
                          analysis::main_effect(parameters[k].values, values, clusters, most_effect_bins));
      }
    }
    if (has_saltelli_sample(study.synapse)) {
      write_sobol_indices(file, target, study.synapse, parameters, values);
    }
  }
}

}  // namespace spinsweep::sweep
