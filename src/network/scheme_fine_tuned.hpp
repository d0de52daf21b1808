#pragma once

#include "network/bias_correction.hpp"
#include "network/scheme.hpp"

namespace spinsweep::network {

/// Fine-tuning: the quantised network trained further in floating point. Its weights leave the levels, so it is on the
/// device only after it has been requantized.
class FineTuned final : public Scheme {
 public:
  [[nodiscard]] std::string_view name() const override { return "fine_tuned"; }

  [[nodiscard]] std::optional<FurtherTraining> further_training(const NetworkSettings& settings) const override {
    return FurtherTraining{.epochs = settings.fine_tune_epochs,
                           .learning_rate = settings.fine_tune_learning_rate,
                           .schedule = schedule_of_name(settings.fine_tune_schedule),
                           .seed_offset = 1'000'000};
  }

  [[nodiscard]] bool is_requantized() const override { return true; }

  [[nodiscard]] SchemeCost cost(const NetworkSettings& settings) const override {
    return {.epochs = settings.fine_tune_epochs, .evaluations = 2.0 + settings.chips};
  }

  [[nodiscard]] SchemeResult run(const SchemeInput& input) const override {
    Mlp<float> network = input.baseline;
    input.placement->quantize(network);
    if (input.settings.fine_tune_start == "bias_corrected") {
      correct_biases(network, input.baseline, input.data.train);
    }
    SchemeResult result{.network = network, .evaluation = {}};
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
