#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "programming/method.hpp"

namespace spinsweep::programming {

/// A pulse from the reset state with the amplitude that writes the level at zero temperature; then the conductance is
/// read and corrected by a further pulse until it is accepted. A recipe is the level that is written.
///
/// A correction has the amplitude that moves a wall as many levels as it is away from its target, backwards with the
/// opposite sign; where one pulse moves a wall less than a level, the largest amplitude. A wall at its target whose
/// conductance is not accepted gets half of the smallest amplitude that moves it to another level. While corrections
/// leave the wall at the same level their amplitude grows by 5 % each, as in incremental-step pulse programming (K.-D.
/// Suh et al., IEEE J. Solid-State Circuits 30, 1149 (1995)). A device that has not one wall is reset, which counts as
/// a pulse without heat.
class WriteVerify final : public Method {
 public:
  [[nodiscard]] std::size_t recipes(const Settings& /*settings*/, std::size_t levels) const override { return levels; }

  /// Most levels need one or two.
  [[nodiscard]] double typical_pulses(const Settings& settings) const override {
    return std::min(2.0, static_cast<double>(settings.max_pulses));
  }

  [[nodiscard]] std::vector<std::optional<double>> current_densities(const WritableDevice& device,
                                                                     const WritingPlan& plan,
                                                                     std::size_t recipes) const override {
    std::vector<std::optional<double>> list;
    for (std::size_t level = 0; level < plan.levels.size(); ++level) {
      list.emplace_back(device.sign() * amplitude_of_move(device, plan, level));
    }
    list.resize(recipes);
    return list;
  }

  [[nodiscard]] std::vector<Outcome> write(const WritableDevice& device, const WritingPlan& plan, std::size_t recipe,
                                           double current_density, const NoiseSeed& seed,
                                           engine::Worker& worker) const override {
    const Level& target = plan.levels.list()[recipe];
    const double accepted = device.settings().verify_tolerance * distance_to_next_level(plan.levels, recipe);
    Written state = device.look_at(plan.reset);
    Outcome outcome;
    double next = current_density;
    int futile = 0;  // corrections that have left the wall at its level
    while (true) {
      const bool is_right = state.walls == 1.0 && std::abs(state.conductance - target.conductance) <= accepted;
      if (is_right || outcome.pulses == device.settings().max_pulses) {
        break;
      }
      if (state.walls != 1.0) {
        state = device.look_at(plan.reset);
        next = current_density;
        futile = 0;
        ++outcome.pulses;
        continue;
      }
      const double before = level_number(plan.levels, state.position);
      if (outcome.pulses > 0) {
        next = correction(device, plan, recipe, state, futile);
      }
      Written after = device.pulse(state.m, next, seed(outcome.pulses), worker);
      outcome.energy += after.energy;
      ++outcome.pulses;
      state = std::move(after);
      futile = level_number(plan.levels, state.position) == before ? futile + 1 : 0;
    }
    outcome.position = state.position;
    outcome.conductance = state.conductance;
    outcome.walls = state.walls;
    return {outcome};
  }

 private:
  /// The number of the nearest level; that of a wall behind the first or ahead of the last is one beyond.
  [[nodiscard]] static double level_number(const Levels& levels, double position) {
    if (const auto level = levels.nearest(position)) {
      return static_cast<double>(*level);
    }
    return levels.distance(position) < 0.0 ? -1.0 : static_cast<double>(levels.size());
  }

  /// The amplitude that moves a wall that number of levels, or as many as one pulse can: the largest if one pulse moves
  /// it less than a level.
  [[nodiscard]] static double amplitude_of_move(const WritableDevice& device, const WritingPlan& plan,
                                                std::size_t levels) {
    const double largest = device.settings().max_current_density;
    for (std::size_t moved = std::min(levels, plan.levels.size() - 1); moved > 0; --moved) {
      if (const auto amplitude = plan.amplitude(moved, largest)) {
        return *amplitude;
      }
    }
    return levels == 0 ? 0.0 : largest;
  }

  [[nodiscard]] static double distance_to_next_level(const Levels& levels, std::size_t level) {
    const auto conductance = [&](std::size_t k) { return levels.list()[k].conductance; };
    const double below =
        level > 0 ? std::abs(conductance(level) - conductance(level - 1)) : std::numeric_limits<double>::infinity();
    const double above = level + 1 < levels.size() ? std::abs(conductance(level + 1) - conductance(level))
                                                   : std::numeric_limits<double>::infinity();
    return std::min(below, above);
  }

  /// The current density (A/m^2, signed) that brings a wall nearer to its level.
  [[nodiscard]] static double correction(const WritableDevice& device, const WritingPlan& plan, std::size_t target,
                                         const Written& state, int futile) {
    constexpr double growth = 0.05;
    const double levels = static_cast<double>(target) - level_number(plan.levels, state.position);
    const bool is_ahead =
        plan.levels.distance(state.position) > plan.levels.distance(plan.levels.list()[target].position);
    const double amplitude = levels == 0.0
                                 ? 0.5 * plan.upper.front().value_or(device.settings().max_current_density)
                                 : amplitude_of_move(device, plan, static_cast<std::size_t>(std::abs(levels)));
    const double grown = std::min(amplitude * (1.0 + growth * futile), device.settings().max_current_density);
    return (is_ahead ? -device.sign() : device.sign()) * grown;
  }
};

}  // namespace spinsweep::programming
