#include "network/scheme.hpp"

#include "network/device_sample.hpp"

namespace spinsweep::network {

namespace {

DeviceNoise noise_of(const NetworkSettings& settings) {
  return {.device_to_device_sigma = settings.device_spread,
          .programming_noise = settings.programming_error,
          .read_noise = settings.read_noise,
          .relative = settings.conductance_error == "relative",
          .stuck_at_fraction = settings.stuck_devices,
          .retention_relaxation = settings.retention_drift};
}

}  // namespace

std::optional<FurtherTraining> Scheme::further_training(const NetworkSettings& /*settings*/) const {
  return std::nullopt;
}

std::optional<Placement> Scheme::place(const Mlp<float>& baseline, const DeviceLevels& device, const Mapping& mapping,
                                       const NetworkSettings& settings) const {
  return Placement(baseline, device, mapping, settings.percentile, biases_of_name(settings.biases));
}

std::vector<double> sample_accuracies(const SchemeInput& input, const Mlp<float>& on_levels,
                                      std::optional<int> only_layer) {
  std::vector<double> accuracies;
  for (int sample = 0; sample < input.settings.chips; ++sample) {
    input.throw_if_asked_to_stop();
    const DeviceSample drawn(on_levels, *input.placement, noise_of(input.settings), input.seed,
                             static_cast<std::uint32_t>(sample), only_layer);
    accuracies.push_back(drawn.evaluate(input.data.test, input.data.classes, input.ranks).accuracy);
  }
  return accuracies;
}

DeviceResult evaluate_on_device(const SchemeInput& input, const Mlp<float>& trained, const Mlp<float>& on_levels) {
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
