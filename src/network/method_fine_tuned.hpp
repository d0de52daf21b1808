#pragma once

#include "network/bias_correction.hpp"
#include "network/method.hpp"

namespace spinsweep::network {

/// Fine-tuning: the quantised network trained further in floating point. Its weights leave the levels, so it is on the
/// device only after it has been requantized.
class FineTuned final : public Method {
 public:
  [[nodiscard]] std::string_view name() const override { return "fine_tuned"; }

  [[nodiscard]] std::optional<FurtherTraining> further_training(const DeploymentSettings& settings) const override {
    return FurtherTraining{.epochs = settings.fine_tune_epochs,
                           .learning_rate = settings.fine_tune_learning_rate,
                           .schedule = settings.fine_tune_schedule,
                           .seed_offset = 1'000'000};
  }

  [[nodiscard]] bool is_requantized() const override { return true; }

  [[nodiscard]] double evaluations(int /*layers*/, int device_samples) const override { return 2.0 + device_samples; }

  [[nodiscard]] MethodResult run(const MethodInput& input) const override {
    Mlp<float> network = input.baseline.network;
    input.placement->quantize(network);
    if (input.deployment.settings.fine_tune_start == FineTuneStart::bias_corrected) {
      correct_biases(network, input.baseline.network, input.data.train);
    }
    MethodResult result{.network = network, .evaluation = {}};
    result.loss = input.train_further(result.network, nullptr);
    result.evaluation = input.evaluate(result.network);
    Mlp<float> requantized = result.network;
    input.placement->quantize(requantized);
    result.requantized_accuracy = input.evaluate(requantized).accuracy;
    result.device = evaluate_on_device(input, result.network, requantized);
    return result;
  }
};

}  // namespace spinsweep::network
