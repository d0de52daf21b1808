#pragma once

#include "network/method.hpp"
#include "network/synapse_energy.hpp"

namespace spinsweep::network {

/// Training in situ: stochastic gradient descent on the devices themselves, whose every update of a weight is pulses
/// drawn from a jump table. The devices take any conductance in their range, so no level plays a part, and every seed
/// is a chip of its own.
class InSitu final : public Method {
 public:
  [[nodiscard]] std::string_view name() const override { return "in_situ"; }

  [[nodiscard]] int in_situ_epochs(const DeploymentSettings& settings) const override {
    return settings.in_situ.epochs;
  }

  [[nodiscard]] double evaluations(int /*layers*/, int /*device_samples*/) const override { return 1.0; }

  /// The range of the weights belongs to the training.
  [[nodiscard]] std::optional<PlacementRule> placement_rule(const Deployment& /*deployment*/) const override {
    return std::nullopt;
  }

  [[nodiscard]] MethodResult run(const MethodInput& input) const override {
    MethodResult result{.network = input.baseline.network, .evaluation = {}};
    if (input.deployment.settings.in_situ.start == InSituStart::random) {
      result.network.initialize(input.seed);
    }
    const InSituTraining training = input.train_in_situ(result.network);
    result.loss = training.loss;
    result.evaluation = input.evaluate(result.network);
    result.in_situ =
        InSituResult{.inference_energy = inference_energy(result.network, training.devices, training.trained,
                                                          input.reading, input.data.test),
                     .pulses_per_device = training.trained.pulses_per_device};
    return result;
  }
};

}  // namespace spinsweep::network
