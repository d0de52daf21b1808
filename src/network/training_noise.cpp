#include "network/training_noise.hpp"

#include <algorithm>

#include "network/conductance.hpp"

namespace spinsweep::network {

TrainingNoise::TrainingNoise(const Mlp<float>& network, const Placement& placement, const DeviceNoise& noise,
                             std::uint64_t seed)
    : layout_(network.layout()), placement_(placement), noise_(noise, placement.device(), seed, nullptr) {}

void TrainingNoise::disturb(std::size_t begin, std::span<float> weights, int step) const {
  const std::size_t end = begin + weights.size();
  for (int layer = 0; layer < layout_.layers(); ++layer) {
    const auto& ranges = placement_.layers()[static_cast<std::size_t>(layer)].ranges;
    const std::size_t offset = layout_.weight_offset(layer);
    const std::size_t from = std::max(begin, offset);
    const std::size_t to = std::min(end, offset + layout_.weight_count(layer));
    for (std::size_t k = from; !ranges.empty() && k < to; ++k) {
      const std::size_t weight = k - offset;
      const Range& range = ranges[weight % ranges.size()];
      WeightDevices devices =
          devices_of_weight(static_cast<double>(weights[k - begin]), range, placement_.differential_pair());
      for (int side = 0; side < devices.count; ++side) {
        double& g = devices.g[static_cast<std::size_t>(side)];
        g = noise_.conductance_when_read(g, device_number(weight, side, layer, static_cast<std::uint32_t>(step)));
      }
      weights[k - begin] = static_cast<float>(weight_of_devices(devices, range));
    }
  }
}

}  // namespace spinsweep::network
