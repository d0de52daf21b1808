#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "analysis/main_effect.hpp"
#include "analysis/sobol_indices.hpp"
#include "study/parameter.hpp"
#include "sweep/analysis_parameters.hpp"
#include "sweep/analysis_stage.hpp"

namespace spinsweep::sweep {

namespace {

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A test accuracy and the variants it belongs to.
struct Observation {
  std::uint64_t variant = 0;
  std::uint64_t neuron = 0;
  std::uint64_t seed = 0;
  double accuracy = 0.0;

  [[nodiscard]] std::uint64_t variant_of(device::Kind kind) const {
    return kind == device::Kind::neuron ? neuron : variant;
  }
};

/// Observations of one data set, scheme, ...
struct Outcome {
  store::Extent index;  ///< along the dimensions that are no observations
  std::vector<Observation> observations;
};

std::vector<Outcome> read_outcomes(const study::Study& study, const store::ResultsFile& file) {
  const auto dimensions = accuracy_dimensions(study);
  const auto accuracy = file.read<double>("/network/test_accuracy");
  std::map<store::Extent, std::vector<Observation>> outcomes;
  for (std::uint64_t k = 0; k < accuracy.size(); ++k) {
    store::Extent index;
    Observation observation{.accuracy = accuracy[k]};
    std::uint64_t rest = k;
    for (auto dimension = dimensions.rbegin(); dimension != dimensions.rend(); ++dimension) {
      const std::uint64_t place = rest % dimension->size;
      rest /= dimension->size;
      if (dimension->name == "variant") {
        observation.variant = place;
      } else if (dimension->name == "neuron") {
        observation.neuron = place;
      } else if (dimension->name == "seed") {
        observation.seed = place;
      } else if (!is_observation(*dimension)) {
        index.insert(index.begin(), place);
      }
    }
    outcomes[index].push_back(observation);
  }
  std::vector<Outcome> list;
  for (auto& [index, observations] : outcomes) {
    list.push_back({index, std::move(observations)});
  }
  return list;
}

/// Writes results of one parameter and outcome.
class EffectWriter {
 public:
  EffectWriter(store::ResultsFile& file, std::uint64_t parameter, const store::Extent& outcome)
      : file_(file), start_{parameter} {
    start_.insert(start_.end(), outcome.begin(), outcome.end());
  }

  void put(const std::string& name, double value) {
    file_.write<double>("/analysis/" + name, start_, store::Extent(start_.size(), 1), std::span(&value, 1));
  }

  void put(const std::string& name, double value, const analysis::Interval& interval) {
    put(name, value);
    put(name + "_low", interval.low);
    put(name + "_high", interval.high);
  }

  void put_bins(const std::string& name, const std::vector<double>& values) {
    store::Extent start = start_;
    start.push_back(0);
    store::Extent count(start_.size(), 1);
    count.push_back(values.size());
    file_.write<double>("/analysis/" + name, start, count, values);
  }

 private:
  store::ResultsFile& file_;
  store::Extent start_;
};

/// sampled: the parameter's device was drawn at random, so that chance is in its variants; of a grid it is in the seeds
/// alone.
void write_main_effect(const AnalysedParameter& parameter, bool sampled, const Outcome& outcome, EffectWriter writer) {
  std::vector<double> values;
  std::vector<double> accuracies;
  std::vector<std::size_t> clusters;
  for (const Observation& observation : outcome.observations) {
    values.push_back(parameter.values[observation.variant_of(parameter.kind)]);
    accuracies.push_back(observation.accuracy);
    clusters.push_back(sampled ? observation.variant_of(parameter.kind) : observation.seed);
  }
  const auto effect = analysis::main_effect(values, accuracies, clusters, most_effect_bins);
  // Bins that an earlier analysis of fewer cases had more of must not stay.
  std::vector<double> centres(most_effect_bins, not_a_number);
  std::vector<double> means(most_effect_bins, not_a_number);
  for (std::size_t bin = 0; bin < effect.bins.size(); ++bin) {
    centres[bin] = effect.bins[bin].value;
    means[bin] = effect.bins[bin].mean;
  }
  writer.put_bins("main_effect_value", centres);
  writer.put_bins("main_effect_mean", means);
  writer.put("main_effect_share", effect.share, effect.share_interval);
}

/// Mean accuracy at each point that the device's sweep drew, in the order of the sample. NaN where none is known.
std::vector<double> accuracy_at_points(const study::DevicePlan& plan, const Outcome& outcome) {
  std::vector<const study::Parameter*> columns;
  std::vector<const std::vector<double>*> drawn;
  for (const auto& axis : plan.axes) {
    const bool sampled =
        std::find(plan.sampled_axes.begin(), plan.sampled_axes.end(), axis.path) != plan.sampled_axes.end();
    if (sampled && axis.path != "pulse.current_density") {
      columns.push_back(study::find_parameter(plan.base.kind, axis.path));
      drawn.push_back(&axis.values);
    }
  }
  const auto list = variants(plan);
  struct Mean {
    double sum = 0.0;
    double count = 0.0;
  };
  std::map<std::vector<double>, Mean> known;
  for (const Observation& observation : outcome.observations) {
    if (std::isnan(observation.accuracy)) {
      continue;
    }
    const auto& p = plan.cases[list[observation.variant_of(plan.base.kind)].cases.front()];
    std::vector<double> point;
    std::transform(columns.begin(), columns.end(), std::back_inserter(point),
                   [&](const study::Parameter* parameter) { return parameter->get(p); });
    Mean& mean = known[point];
    mean.sum += observation.accuracy;
    mean.count += 1.0;
  }
  std::vector<double> accuracies;
  for (std::size_t k = 0; !drawn.empty() && k < drawn.front()->size(); ++k) {
    std::vector<double> point;
    std::transform(drawn.begin(), drawn.end(), std::back_inserter(point),
                   [k](const auto* values) { return (*values)[k]; });
    const auto found = known.find(point);
    accuracies.push_back(found == known.end() ? not_a_number : found->second.sum / found->second.count);
  }
  return accuracies;
}

void write_sobol_indices(const study::DevicePlan& plan, const std::vector<AnalysedParameter>& parameters,
                         const Outcome& outcome, store::ResultsFile& file) {
  const auto values = accuracy_at_points(plan, outcome);
  const auto indices = analysis::sobol_indices(analysis::split_saltelli(values, plan.sampled_axes.size()));
  for (std::uint64_t k = 0; k < parameters.size(); ++k) {
    const auto column = std::find(plan.sampled_axes.begin(), plan.sampled_axes.end(), parameters[k].path);
    if (parameters[k].kind != plan.base.kind || column == plan.sampled_axes.end()) {
      continue;
    }
    const auto& index = indices[static_cast<std::size_t>(column - plan.sampled_axes.begin())];
    EffectWriter writer(file, k, outcome.index);
    writer.put("sobol_first", index.first, index.first_interval);
    writer.put("sobol_total", index.total, index.total_interval);
  }
}

}  // namespace

void analyse_accuracies(const study::Study& study, store::ResultsFile& file) {
  const auto parameters = analysed_parameters(study);
  if (parameters.empty()) {
    return;
  }
  for (const Outcome& outcome : read_outcomes(study, file)) {
    for (std::uint64_t k = 0; k < parameters.size(); ++k) {
      const study::DevicePlan& plan = parameters[k].kind == device::Kind::neuron ? study.neuron : study.synapse;
      write_main_effect(parameters[k], !plan.sampled_axes.empty(), outcome, EffectWriter(file, k, outcome.index));
    }
    for (const auto* plan : {&study.synapse, &study.neuron}) {
      if (has_saltelli_sample(*plan)) {
        write_sobol_indices(*plan, parameters, outcome, file);
      }
    }
  }
}

}  // namespace spinsweep::sweep
