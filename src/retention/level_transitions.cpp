#include "retention/level_transitions.hpp"

#include <cmath>

#include "characterization/pinned_levels.hpp"
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

network::LevelTransitions level_transitions(std::span<const double> levels, std::span<const double> wells,
                                            std::span<const double> between_wells, const device::DeviceParameters& p) {
  const std::vector<double> level_places = places_of(levels, p);
  const std::vector<double> well_places = places_of(wells, p);
  std::vector<std::size_t> level_of_well;
  for (const double place : well_places) {
    level_of_well.push_back(nearest(level_places, place));
  }
  network::LevelTransitions transitions;
  transitions.probability.resize(levels.size() * levels.size());
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const std::span row = std::span(transitions.probability).subspan(level * levels.size(), levels.size());
    const std::size_t well = nearest(well_places, level_places[level]);
    if (std::abs(well_places[well] - level_places[level]) >= reach_of_notch(p)) {
      row[level] = 1.0;
      continue;
    }
    for (std::size_t reached = 0; reached < wells.size(); ++reached) {
      row[reached == well ? level : level_of_well[reached]] += between_wells[well * wells.size() + reached];
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
  const auto wells = static_cast<std::uint64_t>(results[table::wells].at(variant).value());
  const std::vector<double> conductances = results[table::well_conductance].at(variant).first(wells);
  std::vector<network::LevelTransitions> all;
  for (std::size_t t = 0; t < settings.temperatures.size(); ++t) {
    for (std::size_t moment = 0; moment < settings.times.size(); ++moment) {
      const auto between_wells = results[table::level_probability].at(variant, t, moment).read({wells, wells});
      all.push_back(level_transitions(levels, conductances, between_wells, p));
    }
  }
  return all;
}

}  // namespace spinsweep::retention
