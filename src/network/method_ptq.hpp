#pragma once

#include "network/method.hpp"

namespace spinsweep::network {

/// Post-training quantisation: every weight of the FP32 network is moved to its nearest level. Also quantises each
/// layer alone, which says where the accuracy is lost.
class Ptq final : public Method {
 public:
  [[nodiscard]] std::string_view name() const override { return "ptq"; }

  [[nodiscard]] double evaluations(int layers, int device_samples) const override {
    return (1.0 + layers) * (1.0 + device_samples);
  }

  [[nodiscard]] MethodResult run(const MethodInput& input) const override {
    Mlp<float> network = input.baseline.network;
    input.placement->quantize(network);
    MethodResult result{.network = network,
                        .evaluation = input.evaluate(network),
                        .device = evaluate_on_device(input, network, network)};
    for (int layer = 0; layer < network.layers(); ++layer) {
      input.throw_if_asked_to_stop();
      Mlp<float> one_layer = input.baseline.network;
      input.placement->quantize_layer(one_layer, layer);
      const double accuracy = input.evaluate(one_layer).accuracy;
      result.layers.push_back({accuracy, sample_accuracies(input, network, layer)});
    }
    return result;
  }
};

}  // namespace spinsweep::network
