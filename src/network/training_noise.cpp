#include "network/training_noise.hpp"

#include <algorithm>

#include "network/write_weights.hpp"

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
    if (!ranges.empty() && from < to) {
      write_weights(noise_, placement_, layer, static_cast<std::uint32_t>(step), from - offset,
                    weights.subspan(from - begin, to - from), [](auto&&...) {});
    }
  }
}

}  // namespace spinsweep::network
