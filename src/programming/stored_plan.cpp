#include "programming/stored_plan.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.hpp"
#include "base/not_a_number.hpp"
#include "programming/programming_table.hpp"

namespace spinsweep::programming {

namespace table = programming_table;

void store_plan(results::Results& results, std::size_t variant, const WritingPlan& plan) {
  std::vector<double> positions;
  std::vector<double> conductances;
  std::vector<double> amplitudes;
  for (std::size_t k = 0; k < plan.levels.size(); ++k) {
    positions.push_back(plan.levels.list()[k].position);
    conductances.push_back(plan.levels.list()[k].conductance);
    amplitudes.push_back(plan.upper[k].value_or(not_a_number));
  }
  results[table::target_position].at(variant).write(positions);
  results[table::target_conductance].at(variant).write(conductances);
  results[table::upper_current_density].at(variant).write(amplitudes);
  results.file().sync();
  results[table::levels].at(variant).write(static_cast<std::int32_t>(positions.size()));
}

std::optional<Levels> stored_levels(const results::Results& results, std::size_t variant) {
  const auto count = static_cast<std::uint64_t>(results[table::levels].at(variant).value());
  if (count < 2) {
    return std::nullopt;
  }
  const auto positions = results[table::target_position].at(variant).first(count);
  const auto conductances = results[table::target_conductance].at(variant).first(count);
  std::vector<Level> others;
  for (std::size_t k = 1; k < count; ++k) {
    others.push_back({positions[k], conductances[k]});
  }
  return Levels({positions[0], conductances[0]}, std::move(others), positions[1] < positions[0] ? -1.0 : 1.0, 0.0);
}

std::optional<WritingPlan> stored_plan(const results::Results& results, std::size_t variant,
                                       std::vector<double> reset) {
  const auto levels = stored_levels(results, variant);
  if (!levels) {
    return std::nullopt;
  }
  WritingPlan plan{.reset = std::move(reset), .levels = *levels, .upper = {}};
  for (const double amplitude : results[table::upper_current_density].at(variant).first(levels->size())) {
    plan.upper.push_back(std::isnan(amplitude) ? std::nullopt : std::optional(amplitude));
  }
  return plan;
}

std::vector<std::vector<double>> written_conductances(const results::Results& results, std::size_t variant,
                                                      const std::vector<double>& level_conductances) {
  const auto known = results[table::level_conductance].at(variant).read();
  std::vector<std::vector<double>> written;
  for (const double level : level_conductances) {
    const auto target = std::ranges::find(known, level);
    if (target == known.end()) {
      throw SimulationError("the levels are not those that were written");
    }
    auto values = results[table::conductance].at(variant, target - known.begin()).read();
    std::erase_if(values, [](double value) { return std::isnan(value); });
    written.push_back(std::move(values));
  }
  return written;
}

}  // namespace spinsweep::programming
