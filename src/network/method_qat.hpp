#pragma once

#include "base/error.hpp"
#include "network/method.hpp"

namespace spinsweep::network {

/// Quantisation-aware training with a straight-through estimator (see LevelProjection): the network computes with
/// quantised weights in every step and ends with all of them, and its biases, on levels.
class Qat final : public Method {
 public:
  [[nodiscard]] std::string_view name() const override { return "qat"; }

  [[nodiscard]] std::optional<FurtherTraining> further_training(const DeploymentSettings& settings) const override {
    return FurtherTraining{.epochs = settings.qat_epochs,
                           .learning_rate = settings.qat_learning_rate,
                           .schedule = Schedule::cosine,
                           .seed_offset = 2'000'000};
  }

  [[nodiscard]] std::optional<DeviceNoise> training_noise(const DeploymentSettings& settings) const override {
    return settings.qat_noise == QatNoise::device ? std::optional(settings.noise) : std::nullopt;
  }

  [[nodiscard]] double evaluations(int /*layers*/, int device_samples) const override { return 1.0 + device_samples; }

  /// Training finds its own weights, so the range is the one that suits training whatever the mapping's rule is, and no
  /// layer and no bias stays free.
  [[nodiscard]] std::optional<PlacementRule> placement_rule(const Deployment& deployment) const override {
    PlacementRule rule = Method::placement_rule(deployment).value();
    rule.mapping.rule = Mapping::Rule::mse;
    rule.mapping.first_layer = false;
    rule.biases = rule.biases == Biases::digital ? Biases::own_range : rule.biases;
    return rule;
  }

  [[nodiscard]] MethodResult run(const MethodInput& input) const override {
    MethodResult result{.network = input.baseline.network, .evaluation = {}};
    result.loss = input.train_further(result.network, input.placement);
    if (!input.placement->holds(result.network)) {
      throw Error("quantisation-aware training has left the levels of the device");
    }
    result.evaluation = input.evaluate(result.network);
    result.device = evaluate_on_device(input, result.network, result.network);
    return result;
  }
};

}  // namespace spinsweep::network
