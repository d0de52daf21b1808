#pragma once

#include "programming/method.hpp"

namespace spinsweep::programming {

/// One pulse from the reset state. A recipe is an amplitude: no pulse at all, which leaves the reset state, and for
/// each other level the middles of as many equal parts of the range that begins below the amplitudes that write it at
/// zero temperature and ends with the largest of them.
class SinglePulse final : public Method {
 public:
  [[nodiscard]] std::size_t recipes(const Settings& settings, std::size_t levels) const override {
    return 1 + (levels - 1) * static_cast<std::size_t>(settings.amplitudes);
  }

  [[nodiscard]] double typical_pulses(const Settings& /*settings*/) const override { return 1.0; }

  [[nodiscard]] std::vector<std::optional<double>> current_densities(const WritableDevice& device,
                                                                     const WritingPlan& plan,
                                                                     std::size_t recipes) const override {
    const Settings& settings = device.settings();
    std::vector<std::optional<double>> list = {0.0};
    for (std::size_t level = 1; level < plan.levels.size(); ++level) {
      const auto lower = plan.upper[level - 1];
      const double from = lower.value_or(0.0) * (1.0 - settings.amplitude_spread);
      const double to = plan.upper[level].value_or(settings.max_current_density);
      for (int k = 0; k < settings.amplitudes; ++k) {
        const double share = (k + 0.5) / settings.amplitudes;
        list.push_back(lower ? std::optional(device.sign() * (from + share * (to - from))) : std::nullopt);
      }
    }
    list.resize(recipes);
    return list;
  }

  [[nodiscard]] std::vector<Outcome> write(const WritableDevice& device, const WritingPlan& plan,
                                           std::size_t /*recipe*/, double current_density, const NoiseSeed& seed,
                                           engine::Worker& worker) const override {
    const Written written = device.pulse(plan.reset, current_density, seed(0), worker);
    return {{.position = written.position,
             .conductance = written.conductance,
             .walls = written.walls,
             .energy = written.energy,
             .pulses = current_density == 0.0 ? 0 : 1}};
  }
};

}  // namespace spinsweep::programming
