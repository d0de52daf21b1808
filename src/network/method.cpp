#include "network/method.hpp"

#include "network/device_sample.hpp"

namespace spinsweep::network {

std::optional<FurtherTraining> Method::further_training(const DeploymentSettings& /*settings*/) const {
  return std::nullopt;
}

std::optional<PlacementRule> Method::placement_rule(const Deployment& deployment) const {
  return PlacementRule{Mapping(deployment.mapping), deployment.settings.percentile, deployment.settings.biases};
}

std::vector<double> sample_accuracies(const MethodInput& input, const Mlp<float>& on_levels,
                                      std::optional<int> only_layer) {
  std::vector<double> accuracies;
  for (int sample = 0; sample < input.device_samples; ++sample) {
    input.throw_if_asked_to_stop();
    const DeviceSample drawn(on_levels, *input.placement, input.deployment.settings.noise, input.seed,
                             static_cast<std::uint32_t>(sample), only_layer);
    accuracies.push_back(drawn.evaluate(input.data.test, input.data.classes, input.ranks).accuracy);
  }
  return accuracies;
}

DeviceResult evaluate_on_device(const MethodInput& input, const Mlp<float>& trained, const Mlp<float>& on_levels) {
  const Placement& placement = *input.placement;
  const bool is_on_levels = placement.holds(trained);
  DeviceResult result;
  for (int layer = 0; layer < trained.layers(); ++layer) {
    result.levels_used.push_back(is_on_levels ? placement.levels_used(trained, layer) : 0);
    result.levels_available.push_back(placement.levels_available(layer));
  }
  result.sample_accuracies = sample_accuracies(input, on_levels);
  result.inference_energy = inference_energy(on_levels, placement, input.reading, input.data.test);
  return result;
}

}  // namespace spinsweep::network
