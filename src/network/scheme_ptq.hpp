#pragma once

#include "network/scheme.hpp"

namespace spinsweep::network {

/// Post-training quantisation: every weight of the FP32 network is moved to its nearest level. Also quantises each
/// layer alone, which says where the accuracy is lost.
class Ptq final : public Scheme {
 public:
  [[nodiscard]] std::string_view name() const override { return "ptq"; }

  [[nodiscard]] SchemeCost cost(const NetworkSettings& settings) const override {
    const auto layers = static_cast<double>(settings.hidden.size() + 1);
    return {.evaluations = (1.0 + layers) * (1.0 + settings.chips)};
  }

  [[nodiscard]] SchemeResult run(const SchemeInput& input) const override {
    Mlp<float> network = input.baseline;
    input.placement->quantize(network);
    SchemeResult result{.network = network,
                        .evaluation = input.evaluate(network),
                        .device = evaluate_on_device(input, network, network)};
    for (int layer = 0; layer < network.layers(); ++layer) {
      input.throw_if_asked_to_stop();
      Mlp<float> one_layer = input.baseline;
      input.placement->quantize_layer(one_layer, layer);
      const double accuracy = input.evaluate(one_layer).accuracy;
      result.layers.push_back({accuracy, sample_accuracies(input, network, layer)});
    }
    return result;
  }
};

}  // namespace spinsweep::network
