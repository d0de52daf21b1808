#pragma once

#include "network/method.hpp"

namespace spinsweep::network {

/// The network as it was trained, with free weights in single precision: what every other method starts from and is
/// compared with. It is not on the device and is the same for all synapses.
class Fp32 final : public Method {
 public:
  [[nodiscard]] std::string_view name() const override { return "fp32"; }

  /// The baseline has been evaluated when it was trained.
  [[nodiscard]] double evaluations(int /*layers*/, int /*device_samples*/) const override { return 0.0; }

  [[nodiscard]] std::optional<PlacementRule> placement_rule(const Deployment& /*deployment*/) const override {
    return std::nullopt;
  }

  [[nodiscard]] MethodResult run(const MethodInput& input) const override {
    return {.network = input.baseline.network, .evaluation = input.baseline.evaluation, .loss = input.baseline.loss};
  }
};

}  // namespace spinsweep::network
