#include "retention/level_transitions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "characterization/pinned_levels.hpp"
#include "retention/losses.hpp"
#include "retention/retention_table.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {

namespace {

/// Of these places, the one nearest to `place`.
std::size_t nearest(std::span<const double> places, double place) {
  const auto distance = [place](double other) { return std::abs(other - place); };
  return static_cast<std::size_t>(std::ranges::min_element(places, {}, distance) - places.begin());
}

std::vector<double> places_of(std::span<const double> conductances, const device::DeviceParameters& p) {
  std::vector<double> places;
  for (const double conductance : conductances) {
    places.push_back(characterization::place_of_conductance(conductance, p));
  }
  return places;
}

}  // namespace

network::LevelTransitions level_transitions(std::span<const double> levels, const WellTransitions& wells,
                                            const device::DeviceParameters& p) {
  const std::vector<double> level_places = places_of(levels, p);
  const std::vector<double> well_places = places_of(wells.conductances, p);
  std::vector<std::size_t> level_of_well;
  level_of_well.reserve(well_places.size());
  for (const double place : well_places) {
    level_of_well.push_back(nearest(level_places, place));
  }
  constexpr std::size_t ends = 2;
  network::LevelTransitions transitions;
  transitions.probability.resize(levels.size() * levels.size());
  if (!wells.losses.empty()) {
    transitions.loss.resize(levels.size() * ends);
    for (std::size_t end = 0; end < ends; ++end) {
      transitions.without_wall[end] = (wells.without_wall[end] - levels.front()) / (levels.back() - levels.front());
    }
  }
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const std::span row = std::span(transitions.probability).subspan(level * levels.size(), levels.size());
    const std::size_t well = nearest(well_places, level_places[level]);
    if (std::abs(well_places[well] - level_places[level]) >= reach_of_notch(p)) {
      row[level] = 1.0;
      continue;
    }
    for (std::size_t reached = 0; reached < well_places.size(); ++reached) {
      row[reached == well ? level : level_of_well[reached]] += wells.between_wells[well * well_places.size() + reached];
    }
    for (std::size_t end = 0; end < ends && !wells.losses.empty(); ++end) {
      transitions.loss[level * ends + end] = wells.losses[well * ends + end];
    }
  }
  return transitions;
}

std::vector<network::LevelTransitions> level_transitions(const results::Results& results, std::size_t variant,
                                                         std::span<const double> levels) {
  namespace table = retention_table;
  const study::DevicePlan& plan = results.study().weights();
  const device::DeviceParameters& p = plan.cases[variants(plan)[variant].cases.front()];
  const auto& settings = table::section.of(results.study());
  const auto count = static_cast<std::uint64_t>(results[table::wells].at(variant).value());
  WellTransitions wells{.conductances = results[table::well_conductance].at(variant).first(count), .between_wells = {}};
  const std::vector<std::int8_t> paths = results[table::loss_path].at(variant).read();
  const std::vector<double> without_wall = results[table::lost_conductance].at(variant).read();
  const auto is_found = [](std::int8_t path) { return static_cast<LossPath>(path) == LossPath::found; };
  std::ranges::copy(without_wall, wells.without_wall.begin());
  std::vector<network::LevelTransitions> all;
  for (std::size_t t = 0; t < settings.temperatures.size(); ++t) {
    for (std::size_t moment = 0; moment < settings.times.size(); ++moment) {
      wells.between_wells = results[table::level_probability].at(variant, t, moment).read({count, count});
      if (std::ranges::any_of(paths, is_found)) {
        wells.losses = results[table::loss_probability].at(variant, t, moment).first(count);
        for (std::size_t k = 0; k < wells.losses.size(); ++k) {
          // What is not known is not lost.
          wells.losses[k] = is_found(paths[k % paths.size()]) ? wells.losses[k] : 0.0;
        }
      }
      all.push_back(level_transitions(levels, wells, p));
    }
  }
  return all;
}

}  // namespace spinsweep::retention
