#include "sensitivity/effects.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/sobol_indices.hpp"
#include "base/not_a_number.hpp"
#include "study/parameter.hpp"

namespace spinsweep::sensitivity {

namespace {

/// Where the effects of one parameter are: behind its index.
store::Extent place_of(std::uint64_t parameter, const EffectTarget& target) {
  store::Extent place = {parameter};
  place.insert(place.end(), target.outcome.begin(), target.outcome.end());
  return place;
}

void write(results::Results& results, const store::Extent& place, const analysis_table::Estimate& estimate,
           double value, const analysis::Interval& interval) {
  results[estimate.value].at(place).write(value);
  results[estimate.low].at(place).write(interval.low);
  results[estimate.high].at(place).write(interval.high);
}

/// The mean outcome at each point that the device's sweep drew, in the order of the sample. NaN where none is known.
std::vector<double> at_drawn_points(const study::DevicePlan& plan, std::span<const double> of_variant) {
  std::vector<const study::Parameter*> columns;
  std::vector<const std::vector<double>*> drawn;
  for (const auto& axis : plan.axes) {
    const bool sampled =
        std::find(plan.sampled_axes.begin(), plan.sampled_axes.end(), axis.path) != plan.sampled_axes.end();
    if (sampled && axis.path != "pulse.current_density") {
      columns.push_back(study::find_parameter(*plan.base.kind, axis.path));
      drawn.push_back(&axis.values);
    }
  }
  struct Mean {
    double sum = 0.0;
    double count = 0.0;
  };
  std::map<std::vector<double>, Mean> known;
  const auto list = study::variants(plan);
  for (std::size_t v = 0; v < list.size(); ++v) {
    if (std::isnan(of_variant[v])) {
      continue;
    }
    const auto& p = plan.cases[list[v].cases.front()];
    std::vector<double> point;
    std::transform(columns.begin(), columns.end(), std::back_inserter(point),
                   [&](const study::Parameter* parameter) { return parameter->get(p); });
    Mean& mean = known[point];
    mean.sum += of_variant[v];
    mean.count += 1.0;
  }
  std::vector<double> values;
  for (std::size_t k = 0; !drawn.empty() && k < drawn.front()->size(); ++k) {
    std::vector<double> point;
    std::transform(drawn.begin(), drawn.end(), std::back_inserter(point),
                   [k](const auto* of_column) { return (*of_column)[k]; });
    const auto found = known.find(point);
    values.push_back(found == known.end() ? not_a_number : found->second.sum / found->second.count);
  }
  return values;
}

}  // namespace

void write_main_effect(results::Results& results, const EffectTarget& target, std::uint64_t parameter,
                       const analysis::MainEffect& effect) {
  // Bins that an earlier analysis of fewer cases had more of must not stay.
  std::vector<double> centres(analysis_table::most_bins, not_a_number);
  std::vector<double> means(analysis_table::most_bins, not_a_number);
  for (std::size_t bin = 0; bin < effect.bins.size(); ++bin) {
    centres[bin] = effect.bins[bin].value;
    means[bin] = effect.bins[bin].mean;
  }
  const store::Extent place = place_of(parameter, target);
  results[target.variables.bin_value].at(place).write(centres);
  results[target.variables.bin_mean].at(place).write(means);
  write(results, place, target.variables.variance_fraction, effect.share, effect.share_interval);
}

void write_sobol_indices(results::Results& results, const EffectTarget& target, const study::DevicePlan& plan,
                         const std::vector<AnalysedParameter>& parameters, std::span<const double> of_variant) {
  const auto values = at_drawn_points(plan, of_variant);
  const auto indices = analysis::sobol_indices(analysis::split_saltelli(values, plan.sampled_axes.size()));
  for (std::uint64_t k = 0; k < parameters.size(); ++k) {
    const auto column = std::find(plan.sampled_axes.begin(), plan.sampled_axes.end(), parameters[k].path);
    if (parameters[k].kind != plan.base.kind || column == plan.sampled_axes.end()) {
      continue;
    }
    const auto& index = indices[static_cast<std::size_t>(column - plan.sampled_axes.begin())];
    const store::Extent place = place_of(k, target);
    write(results, place, target.variables.sobol_first, index.first, index.first_interval);
    write(results, place, target.variables.sobol_total, index.total, index.total_interval);
  }
}

}  // namespace spinsweep::sensitivity
