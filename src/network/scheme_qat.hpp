#pragma once

#include "base/error.hpp"
#include "network/scheme.hpp"

namespace spinsweep::network {

/// Quantisation-aware training with a straight-through estimator (see LevelProjection): the network computes with
/// quantised weights in every step and ends with all of them, and its biases, on levels.
class Qat final : public Scheme {
 public:
  [[nodiscard]] std::string_view name() const override { return "qat"; }

  [[nodiscard]] std::optional<FurtherTraining> further_training(const NetworkSettings& settings) const override {
    return FurtherTraining{.epochs = settings.on_level_epochs,
                           .learning_rate = settings.on_level_learning_rate,
                           .schedule = Schedule::cosine,
                           .seed_offset = 2'000'000};
  }

  [[nodiscard]] SchemeCost cost(const NetworkSettings& settings) const override {
    return {.epochs = settings.on_level_epochs, .evaluations = 1.0 + settings.chips};
  }

  /// Training finds its own weights, so the range is the one that suits training whatever the mapping's rule is, and no
  /// layer and no bias stays free.
  [[nodiscard]] std::optional<Placement> place(const Mlp<float>& baseline, const DeviceLevels& device,
                                               const Mapping& mapping, const NetworkSettings& settings) const override {
    Mapping every_layer = mapping;
    every_layer.rule = Mapping::Rule::mean_square;
    every_layer.first_layer = false;
    const Biases biases = biases_of_name(settings.biases);
    return Placement(baseline, device, every_layer, settings.percentile,
                     biases == Biases::free ? Biases::own_scale : biases);
  }

  [[nodiscard]] SchemeResult run(const SchemeInput& input) const override {
    SchemeResult result{.network = input.baseline, .evaluation = {}};
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
