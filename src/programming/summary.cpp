#include "programming/summary.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <tuple>

#include "analysis/binomial.hpp"
#include "base/not_a_number.hpp"
#include "base/words.hpp"
#include "characterization/pinned_levels.hpp"
#include "programming/programming_table.hpp"
#include "programming/realizations.hpp"
#include "programming/stored_plan.hpp"

namespace spinsweep::programming {

namespace {

namespace table = programming_table;

/// The realisations of a recipe that have been written.
struct Ensemble {
  std::vector<double> conductance;
  std::vector<double> energy;
  std::vector<double> pulses;
  std::vector<std::optional<std::size_t>> reached;

  [[nodiscard]] std::size_t size() const { return conductance.size(); }
  [[nodiscard]] std::int64_t count(std::size_t level) const {
    return std::count(reached.begin(), reached.end(), std::optional(level));
  }
  /// Root mean square difference from a conductance.
  [[nodiscard]] double deviation(double from) const {
    const double sum = std::accumulate(conductance.begin(), conductance.end(), 0.0,
                                       [from](double s, double g) { return s + (g - from) * (g - from); });
    return std::sqrt(sum / static_cast<double>(size()));
  }
};

Ensemble read_ensemble(const results::Results& results, const Levels& levels, std::size_t variant, std::size_t recipe) {
  const auto position = results[table::recipe_position].at(variant, recipe).read();
  const auto conductance = results[table::recipe_conductance].at(variant, recipe).read();
  const auto walls = results[table::recipe_walls].at(variant, recipe).read();
  const auto energy = results[table::recipe_energy].at(variant, recipe).read();
  const auto pulses = results[table::recipe_pulses].at(variant, recipe).read();
  Ensemble ensemble;
  for (std::size_t r = 0; r < conductance.size(); ++r) {
    if (std::isnan(conductance[r])) {
      continue;
    }
    ensemble.conductance.push_back(conductance[r]);
    ensemble.energy.push_back(energy[r]);
    ensemble.pulses.push_back(pulses[r]);
    ensemble.reached.push_back(walls[r] == 1.0 ? levels.nearest(position[r]) : std::nullopt);
  }
  return ensemble;
}

double mean(const std::vector<double>& values) {
  return values.empty() ? not_a_number
                        : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Mean of those that have reached the level; nothing if none has.
std::optional<double> mean_at_level(const Ensemble& ensemble, std::size_t level) {
  std::vector<double> there;
  for (std::size_t r = 0; r < ensemble.size(); ++r) {
    if (ensemble.reached[r] == level) {
      there.push_back(ensemble.conductance[r]);
    }
  }
  return there.empty() ? std::nullopt : std::optional(mean(there));
}

void write_probability(results::Results& results, const table::Probability& probability,
                       const std::vector<std::uint64_t>& place, std::int64_t successes, std::size_t trials) {
  const auto n = static_cast<std::int64_t>(trials);
  const analysis::Interval interval = analysis::wilson_interval(successes, n);
  results[probability.value].at(place).write(trials == 0 ? not_a_number
                                                         : static_cast<double>(successes) / static_cast<double>(n));
  results[probability.low].at(place).write(interval.low);
  results[probability.high].at(place).write(interval.high);
}

/// The recipe with the largest share of realisations at the level, then with the smallest error of conductance.
std::size_t best_recipe(const std::vector<Ensemble>& ensembles, std::size_t level, double conductance) {
  const auto quality = [&](std::size_t recipe) {
    const Ensemble& ensemble = ensembles[recipe];
    const double share =
        ensemble.size() == 0 ? -1.0 : static_cast<double>(ensemble.count(level)) / static_cast<double>(ensemble.size());
    return std::tuple(share, ensemble.size() == 0 ? 0.0 : -ensemble.deviation(conductance));
  };
  std::size_t best = 0;
  for (std::size_t recipe = 1; recipe < ensembles.size(); ++recipe) {
    if (quality(recipe) > quality(best)) {
      best = recipe;
    }
  }
  return best;
}

void write_confusion(results::Results& results, std::size_t variant, std::size_t level, const Ensemble& ensemble) {
  std::vector<std::int64_t> counts(results[table::confusion].at(variant, level).shape().front(), 0);
  for (const auto& reached : ensemble.reached) {
    ++counts[reached.value_or(counts.size() - 1)];
  }
  results[table::confusion].at(variant, level).write(counts);
}

/// Mean distance of neighbouring levels, S.
double mean_distance(const std::vector<double>& level_conductances) {
  const auto [low, high] = std::ranges::minmax(level_conductances);
  return (high - low) / static_cast<double>(level_conductances.size() - 1);
}

/// How many levels of a variant there are, and how many of them some write has reached.
struct Reached {
  std::size_t levels = 0;
  std::size_t reached = 0;
};

Reached summarize(results::Results& results, std::size_t variant, std::size_t recipes, const study::DevicePlan& plan,
                  const device::DeviceParameters& parameters) {
  const Levels levels = stored_levels(results, variant).value();
  std::vector<Ensemble> ensembles;
  for (std::size_t recipe = 0; recipe < recipes; ++recipe) {
    ensembles.push_back(read_ensemble(results, levels, variant, recipe));
    for (std::size_t level = 0; level < levels.size(); ++level) {
      write_probability(results, table::level_probability, {variant, recipe, level}, ensembles.back().count(level),
                        ensembles.back().size());
    }
  }
  // Of the levels that are reached.
  std::vector<double> level_conductances;
  std::vector<double> errors;
  std::vector<double> squares;
  std::vector<double> energies;
  std::vector<double> pulses;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const std::size_t best = best_recipe(ensembles, level, levels.list()[level].conductance);
    const Ensemble& ensemble = ensembles[best];
    const std::optional<double> reached = mean_at_level(ensemble, level);
    // Of one realisation among many that are possible it is unknown.
    const bool is_known = reached && (ensemble.size() > 1 || !scatters(plan, parameters));
    const double deviation = is_known ? ensemble.deviation(*reached) : not_a_number;
    results[table::best_recipe].at(variant, level).write(static_cast<std::int32_t>(best));
    write_probability(results, table::write_error, {variant, level},
                      static_cast<std::int64_t>(ensemble.size()) - ensemble.count(level), ensemble.size());
    results[table::conductance].at(variant, level).write(ensemble.conductance);
    results[table::write_energy].at(variant, level).write(ensemble.energy);
    results[table::pulses].at(variant, level).write(ensemble.pulses);
    results[table::level_conductance].at(variant, level).write(reached.value_or(not_a_number));
    results[table::conductance_deviation].at(variant, level).write(deviation);
    write_confusion(results, variant, level, ensemble);
    if (reached) {
      level_conductances.push_back(*reached);
      errors.push_back(1.0 - static_cast<double>(ensemble.count(level)) / static_cast<double>(ensemble.size()));
      squares.push_back(deviation * deviation);
      energies.push_back(mean(ensemble.energy));
      pulses.push_back(mean(ensemble.pulses));
    }
  }
  const Reached found{.levels = levels.size(), .reached = level_conductances.size()};
  results[table::levels_reached].at(variant).write(static_cast<std::int32_t>(found.reached));
  if (found.reached < 2) {
    return found;
  }
  results[table::mean_write_error].at(variant).write(mean(errors));
  results[table::mean_conductance_error].at(variant).write(std::sqrt(mean(squares)) /
                                                           mean_distance(level_conductances));
  results[table::mean_write_energy].at(variant).write(mean(energies));
  results[table::mean_pulses].at(variant).write(mean(pulses));
  if (results.study().has_network && results.study().network.level_source == "programmed") {
    characterization::write_levels(results, variant, characterization::distinct_levels(level_conductances, parameters));
  }
  return found;
}

/// Why a variant fails of which writing reaches fewer than two levels.
std::string too_few_levels(const results::Results& results, std::size_t variant, std::size_t recipes,
                           const Reached& found) {
  if (section.of(results.study()).method == MethodName::pulse_train) {
    auto positions = results[table::recipe_position].at(variant, recipes - 1).read();
    std::erase_if(positions, [](double position) { return std::isnan(position); });
    const double current_density = results[table::recipe_current_density].at(variant, recipes - 1).value();
    return not_moved(fmt::format("after {} of {:g} A/m2", recipes - 1, current_density), mean(positions),
                     results[table::target_position].at(variant, 0).value());
  }
  return fmt::format("writing reaches {} of its {}, a device needs two at least", found.reached,
                     counted(found.levels, "level"));
}

}  // namespace

std::vector<engine::Failure> summarize(results::Results& results) {
  const study::DevicePlan& plan = results.study().weights();
  const auto list = variants(plan);
  const auto status = results.statuses(table::status);
  const std::size_t recipes = status.size() / list.size();
  std::vector<engine::Failure> failures;
  std::size_t missed = 0;
  std::size_t incomplete = 0;
  for (std::size_t v = 0; v < list.size(); ++v) {
    const auto of_variant = std::span(status).subspan(v * recipes, recipes);
    if (!std::ranges::all_of(of_variant, [](store::CaseStatus s) { return s == store::CaseStatus::done; })) {
      continue;
    }
    const Reached found = summarize(results, v, recipes, plan, plan.cases[list[v].cases.front()]);
    if (found.reached < 2) {
      failures.push_back({variant_name(plan, v, list[v]), too_few_levels(results, v, recipes, found)});
      results[table::message].at(v).write_text(failures.back().reason);
      for (std::size_t recipe = 0; recipe < recipes; ++recipe) {
        results[table::status].at(v, recipe).mark(store::CaseStatus::failed);
      }
    } else if (found.reached < found.levels) {
      missed += found.levels - found.reached;
      ++incomplete;
    }
  }
  if (missed > 0) {
    spdlog::warn(
        "no write reaches {} of {}: networks do without, and means are over the others "
        "(/programming/levels_reached)",
        counted(missed, "level"), counted(incomplete, "synapse variant"));
  }
  return failures;
}

}  // namespace spinsweep::programming
