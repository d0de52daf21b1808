#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <span>

#include "analysis/main_effect.hpp"
#include "results/governed_rows.hpp"
#include "sensitivity/analysis_parameters.hpp"
#include "sensitivity/analysis_stage.hpp"
#include "sensitivity/analysis_table.hpp"
#include "sensitivity/effects.hpp"

namespace spinsweep::sensitivity {

namespace {

/// A test accuracy and the variants it belongs to.
struct Observation {
  std::uint64_t variant = 0;
  std::uint64_t neuron = 0;
  std::uint64_t seed = 0;
  double accuracy = 0.0;

  [[nodiscard]] std::uint64_t variant_of(const device::Kind& kind) const {
    return kind.derives == device::Derived::activation ? neuron : variant;
  }
};

/// Observations of one data set and deployment.
struct Outcome {
  store::Extent index;  ///< along the dimensions that are no observations
  std::vector<Observation> observations;
};

/// Accuracies after the longest time at the highest temperature, means over the device samples, in the order of
/// test_accuracy.
std::vector<double> retained_accuracies(const results::Results& results) {
  const auto& variable = results[training::network_table::retained_accuracy];
  const std::vector<double> all = variable.read();
  const store::Extent shape = variable.shape();
  const std::uint64_t samples = shape[shape.size() - 1];
  const std::uint64_t times = shape[shape.size() - 2];
  const std::uint64_t temperatures = shape[shape.size() - 3];
  const auto [temperature, time] = retention::retention_table::hardest_conditions(results.study());
  std::vector<double> means;
  for (std::uint64_t k = 0; k < all.size(); k += temperatures * times * samples) {
    const auto of_samples = std::span(all).subspan(k + (temperature * times + time) * samples, samples);
    means.push_back(std::accumulate(of_samples.begin(), of_samples.end(), 0.0) / static_cast<double>(samples));
  }
  return means;
}

/// Accuracies that differ only along the variants of either device and the seeds are observations of one outcome.
/// accuracy: in the order of test_accuracy.
std::vector<Outcome> read_outcomes(const results::Results& results, const std::vector<double>& accuracy) {
  const auto& dimensions = training::network_table::test_accuracy.dimensions();
  const store::Extent shape = results[training::network_table::test_accuracy].shape();
  std::map<store::Extent, std::vector<Observation>> outcomes;
  for (std::uint64_t k = 0; k < accuracy.size(); ++k) {
    store::Extent index;
    Observation observation{.accuracy = accuracy[k]};
    const store::Extent place = results::index_of(k, shape);
    for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
      if (dimensions[axis] == &training::network_table::variant) {
        observation.variant = place[axis];
      } else if (dimensions[axis] == &training::network_table::neuron) {
        observation.neuron = place[axis];
      } else if (dimensions[axis] == &training::network_table::seed) {
        observation.seed = place[axis];
      } else {
        index.push_back(place[axis]);
      }
    }
    outcomes[index].push_back(observation);
  }
  std::vector<Outcome> list;
  list.reserve(outcomes.size());
  for (auto& [index, observations] : outcomes) {
    list.push_back({index, std::move(observations)});
  }
  return list;
}

/// sampled: the parameter's device was drawn at random, so that chance is in its variants; of a grid it is in the seeds
/// alone.
analysis::MainEffect find_main_effect(const AnalysedParameter& parameter, bool sampled, const Outcome& outcome) {
  std::vector<double> values;
  std::vector<double> accuracies;
  std::vector<std::size_t> clusters;
  for (const Observation& observation : outcome.observations) {
    values.push_back(parameter.values[observation.variant_of(*parameter.kind)]);
    accuracies.push_back(observation.accuracy);
    clusters.push_back(sampled ? observation.variant_of(*parameter.kind) : observation.seed);
  }
  return analysis::main_effect(values, accuracies, clusters, analysis_table::most_bins);
}

/// Mean accuracy of each variant of a device. NaN where none is known.
std::vector<double> accuracy_of_variants(const study::DevicePlan& plan, const Outcome& outcome) {
  std::vector<double> sum(variants(plan).size(), 0.0);
  std::vector<double> count(sum.size(), 0.0);
  for (const Observation& observation : outcome.observations) {
    if (!std::isnan(observation.accuracy)) {
      sum[observation.variant_of(*plan.base.kind)] += observation.accuracy;
      count[observation.variant_of(*plan.base.kind)] += 1.0;
    }
  }
  std::transform(sum.begin(), sum.end(), count.begin(), sum.begin(), std::divides<>());
  return sum;
}

/// The mean over the device samples of each run and deployment.
std::vector<double> mean_over_samples(const std::vector<double>& accuracies, std::size_t samples) {
  std::vector<double> means;
  for (auto first = accuracies.begin(); first != accuracies.end(); first += static_cast<std::ptrdiff_t>(samples)) {
    means.push_back(std::accumulate(first, first + static_cast<std::ptrdiff_t>(samples), 0.0) /
                    static_cast<double>(samples));
  }
  return means;
}

/// accuracy: in the order of test_accuracy.
void analyse(results::Results& results, const std::vector<double>& accuracy, const analysis_table::Effects& effects) {
  const study::Study& study = results.study();
  const auto parameters = analysed_parameters(study);
  for (const Outcome& outcome : read_outcomes(results, accuracy)) {
    const EffectTarget target{effects, outcome.index};
    for (std::uint64_t k = 0; k < parameters.size(); ++k) {
      const study::DevicePlan& plan = study.plan(*parameters[k].kind);
      write_main_effect(results, target, k, find_main_effect(parameters[k], !plan.sampled_axes.empty(), outcome));
    }
    for (const auto* plan : {&study.weights(), &study.neurons()}) {
      if (has_saltelli_sample(*plan)) {
        write_sobol_indices(results, target, *plan, parameters, accuracy_of_variants(*plan, outcome));
      }
    }
  }
}

}  // namespace

void analyse_accuracies(results::Results& results) {
  if (analysed_parameters(results.study()).empty()) {
    return;
  }
  analyse(results, results[training::network_table::test_accuracy].read(), analysis_table::main_effect);
  const auto samples = static_cast<std::size_t>(results.study().network.device_samples);
  if (samples > 0) {
    analyse(results, mean_over_samples(results[training::network_table::device_sample_accuracy].read(), samples),
            analysis_table::sample_effect);
  }
  if (training::network_table::aging_count(results.study()) > 0) {
    analyse(results, retained_accuracies(results), analysis_table::retained_effect);
  }
}

}  // namespace spinsweep::sensitivity
