#include "network/method.hpp"

#include <algorithm>

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
                             static_cast<std::uint32_t>(sample), only_layer, nullptr, input.neurons);
    accuracies.push_back(drawn.evaluate(input.data.test, input.data.classes, input.ranks).accuracy);
  }
  return accuracies;
}

std::vector<double> retained_accuracies(const MethodInput& input, const Mlp<float>& on_levels,
                                        std::span<const double> as_written) {
  const auto sample_count = as_written.size();
  std::vector<double> accuracies(input.agings.size() * sample_count);
  for (std::size_t sample = 0; sample < sample_count; ++sample) {
    const auto draw = [&](const LevelTransitions* transitions) {
      return DeviceSample(on_levels, *input.placement, input.deployment.settings.noise, input.seed,
                          static_cast<std::uint32_t>(sample), std::nullopt, transitions, input.neurons);
    };
    const DeviceSample written = draw(nullptr);
    for (std::size_t aging = 0; aging < input.agings.size(); ++aging) {
      input.throw_if_asked_to_stop();
      const DeviceSample aged = draw(&input.agings[aging]);
      accuracies[aging * sample_count + sample] =
          std::ranges::equal(aged.network().parameters(), written.network().parameters())
              ? as_written[sample]
              : aged.evaluate(input.data.test, input.data.classes, input.ranks).accuracy;
    }
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
  result.retained_accuracies = retained_accuracies(input, on_levels, result.sample_accuracies);
  result.inference_energy = inference_energy(on_levels, placement, input.reading, input.data.test);
  return result;
}

}  // namespace spinsweep::network
