#pragma once

#include "network/scheme.hpp"

namespace spinsweep::network {

/// The network as it was trained, with free weights in single precision: what every other scheme starts from and is
/// compared with. It is not on the device and is the same for all synapses and mappings.
class Fp32 final : public Scheme {
 public:
  [[nodiscard]] std::string_view name() const override { return "fp32"; }

  [[nodiscard]] SchemeCost cost(const NetworkSettings& /*settings*/) const override { return {.evaluations = 1.0}; }

  [[nodiscard]] std::optional<Placement> place(const Mlp<float>& /*baseline*/, const DeviceLevels& /*device*/,
                                               const Mapping& /*mapping*/,
                                               const NetworkSettings& /*settings*/) const override {
    return std::nullopt;
  }

  [[nodiscard]] SchemeResult run(const SchemeInput& input) const override {
    return {.network = input.baseline, .evaluation = input.evaluate(input.baseline), .loss = input.baseline_loss};
  }
};

}  // namespace spinsweep::network
