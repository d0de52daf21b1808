#include "network/pulsed_devices.hpp"

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/words.hpp"

namespace spinsweep::network {

namespace {

/// Conductances between which a device can be at any.
DeviceLevels continuous_levels(const PulseModel& pulses) {
  constexpr int count = 65;
  std::vector<double> conductances;
  for (int k = 0; k < count; ++k) {
    conductances.push_back(pulses.lowest + pulses.span * k / (count - 1));
  }
  return DeviceLevels(conductances);
}

/// The range of weights on a part of the conductances that leaves `headroom` at either end, extended to all of them.
void extend(std::vector<Range>& ranges, double headroom) {
  for (auto& [low, high] : ranges) {
    const double beyond = (static_cast<double>(high) - static_cast<double>(low)) * headroom / (1.0 - 2.0 * headroom);
    low = static_cast<float>(static_cast<double>(low) - beyond);
    high = static_cast<float>(static_cast<double>(high) + beyond);
  }
}

}  // namespace

PulsedDevices pulsed_devices(const Mlp<float>& baseline, const Deployment& deployment,
                             const analysis::JumpTables& tables) {
  const InSituSettings& settings = deployment.settings.in_situ;
  const PlacementRule rule{Mapping(deployment.mapping), deployment.settings.percentile, deployment.settings.biases};
  PulsedDevices devices{.settings = settings,
                        .differential_pair = rule.mapping.differential_pair,
                        .layers = {},
                        .pulses = PulseModel(tables)};
  devices.layers = Placement(baseline, continuous_levels(devices.pulses), rule).layers();
  if (!settings.ranges.empty() && settings.ranges.size() != devices.layers.size()) {
    throw InputError(fmt::format("in_situ.ranges has {}, expected one for each of the {} layers of the network",
                                 counted(settings.ranges.size(), "bound"), devices.layers.size()));
  }
  for (std::size_t layer = 0; layer < devices.layers.size(); ++layer) {
    LayerPlacement& place = devices.layers[layer];
    if (!settings.ranges.empty() && !place.ranges.empty()) {
      const auto bound = static_cast<float>(settings.ranges[layer].bound);
      place.ranges = {{-bound, bound}};
      if (rule.biases == Biases::shared_range) {
        place.bias_ranges = place.ranges;
      }
    }
    extend(place.ranges, settings.headroom);
    extend(place.bias_ranges, settings.headroom);
  }
  return devices;
}

std::int64_t device_count(const PulsedDevices& devices, const Mlp<float>& network) {
  std::int64_t count = 0;
  for (int layer = 0; layer < network.layers(); ++layer) {
    const LayerPlacement& place = devices.layers[static_cast<std::size_t>(layer)];
    count += place.ranges.empty() ? 0 : static_cast<std::int64_t>(network.weight_count(layer));
    count += place.bias_ranges.empty() ? 0 : network.outputs(layer);
  }
  return devices.differential_pair ? 2 * count : count;
}

}  // namespace spinsweep::network
