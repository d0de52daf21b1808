#pragma once

#include "programming/method.hpp"

namespace spinsweep::programming {

/// Identical pulses of pulse.current_density, one after the other, from the reset state. A recipe is their number, from
/// none on; one train yields all of them.
class PulseTrain final : public Method {
 public:
  [[nodiscard]] std::size_t recipes(const Settings& settings, std::size_t /*levels*/) const override {
    return static_cast<std::size_t>(settings.max_pulses) + 1;
  }

  [[nodiscard]] bool shares_simulations() const override { return true; }

  [[nodiscard]] double typical_pulses(const Settings& settings) const override { return settings.max_pulses; }

  [[nodiscard]] std::vector<std::optional<double>> current_densities(const WritableDevice& device,
                                                                     const WritingPlan& /*plan*/,
                                                                     std::size_t recipes) const override {
    return std::vector<std::optional<double>>(recipes, device.current_density());
  }

  [[nodiscard]] std::vector<Outcome> write(const WritableDevice& device, const WritingPlan& plan,
                                           std::size_t /*recipe*/, double current_density, const NoiseSeed& seed,
                                           engine::Worker& worker) const override {
    const Written reset = device.look_at(plan.reset);
    std::vector<Outcome> outcomes = {
        {.position = reset.position, .conductance = reset.conductance, .walls = reset.walls}};
    std::vector<double> m = plan.reset;
    for (int n = 1; n <= device.settings().max_pulses; ++n) {
      Written written = device.pulse(m, current_density, seed(n - 1), worker);
      outcomes.push_back({.position = written.position,
                          .conductance = written.conductance,
                          .walls = written.walls,
                          .energy = outcomes.back().energy + written.energy,
                          .pulses = n});
      m = std::move(written.m);
    }
    return outcomes;
  }
};

}  // namespace spinsweep::programming
