#include <cmath>
#include <numeric>

#include "analysis/main_effect.hpp"
#include "base/not_a_number.hpp"
#include "sensitivity/analysis_parameters.hpp"
#include "sensitivity/analysis_stage.hpp"
#include "sensitivity/analysis_table.hpp"
#include "sensitivity/effects.hpp"

namespace spinsweep::sensitivity {

namespace {

std::vector<double> first_notch_current(const results::Results& results, std::size_t variant_count) {
  const auto currents = results[analysis_table::notch_depinning_current].read();
  const std::size_t notches = currents.size() / variant_count;
  std::vector<double> first;
  for (std::size_t v = 0; v < variant_count; ++v) {
    first.push_back(currents[v * notches]);
  }
  return first;
}

std::vector<double> conductance_range(const results::Results& results) {
  const auto counts = results[characterization::variant_table::levels].read();
  const auto levels = results[characterization::variant_table::level_conductance].read();
  const std::size_t most = levels.size() / counts.size();
  std::vector<double> range;
  for (std::size_t v = 0; v < counts.size(); ++v) {
    const auto count = static_cast<std::size_t>(counts[v]);
    range.push_back(count > 0 ? levels[v * most + count - 1] - levels[v * most] : not_a_number);
  }
  return range;
}

/// One number for each synapse variant, NaN where it is not known.
std::vector<double> values_of(const DeviceQuantity& quantity, const results::Results& results) {
  if (quantity.name == "conductance_range") {
    return conductance_range(results);
  }
  if (quantity.name == analysis_table::level_spacing_cv.description().name) {
    return results[analysis_table::level_spacing_cv].read();
  }
  return results.study().weights().bisection.exists()
             ? results[characterization::variant_table::depinning_current].read()
             : first_notch_current(results, variants(results.study().weights()).size());
}

}  // namespace

void analyse_device_quantities(results::Results& results) {
  const study::Study& study = results.study();
  const auto parameters = analysed_parameters(study);
  const auto quantities = device_quantities(study);
  for (std::uint64_t q = 0; q < quantities.size(); ++q) {
    const auto values = values_of(quantities[q], results);
    const EffectTarget target{analysis_table::device_effect, {q}};
    // Nothing is left to chance in a grid of simulations; in a sample the points are.
    std::vector<std::size_t> clusters(values.size(), 0);
    if (!study.weights().sampled_axes.empty()) {
      std::iota(clusters.begin(), clusters.end(), std::size_t{0});
    }
    for (std::uint64_t k = 0; k < parameters.size(); ++k) {
      if (parameters[k].kind == study.weights().base.kind) {
        write_main_effect(results, target, k,
                          analysis::main_effect(parameters[k].values, values, clusters, analysis_table::most_bins));
      }
    }
    if (has_saltelli_sample(study.weights())) {
      write_sobol_indices(results, target, study.weights(), parameters, values);
    }
  }
}

}  // namespace spinsweep::sensitivity
