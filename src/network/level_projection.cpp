#include "network/level_projection.hpp"

#include <algorithm>

namespace spinsweep::network {

LevelProjection::LevelProjection(const Mlp<float>& network, const Placement& placement)
    : relative_levels_(placement.relative_levels().begin(), placement.relative_levels().end()),
      low_(network.parameters().size(), 0.0F),
      width_(network.parameters().size(), 0.0F),
      inverse_(network.parameters().size(), 0.0F) {
  for (std::size_t k = 1; k < relative_levels_.size(); ++k) {
    thresholds_.push_back(0.5F * (relative_levels_[k - 1] + relative_levels_[k]));
  }
  const auto fill = [&](const std::vector<Range>& ranges, std::size_t offset, std::size_t count) {
    for (std::size_t k = 0; !ranges.empty() && k < count; ++k) {
      const Range& range = ranges[k % ranges.size()];
      low_[offset + k] = range.first;
      width_[offset + k] = range.second - range.first;
      inverse_[offset + k] = 1.0F / width_[offset + k];
    }
  };
  for (int layer = 0; layer < network.layers(); ++layer) {
    const LayerPlacement& place = placement.layers()[static_cast<std::size_t>(layer)];
    fill(place.ranges, network.weight_offset(layer), network.weight_count(layer));
    fill(place.bias_ranges, network.bias_offset(layer), static_cast<std::size_t>(network.outputs(layer)));
  }
}

void LevelProjection::project(std::size_t begin, std::span<float> hidden, std::span<float> visible) const {
  // With few levels, comparing with all of them sixteen weights at a time beats searching for each weight.
  constexpr std::size_t few = 40;
  const float* low = low_.data() + begin;
  const float* width = width_.data() + begin;
  const float* inverse = inverse_.data() + begin;
  float* weights = hidden.data();
  float* levels = visible.data();
  for (std::size_t k = 0; k < hidden.size(); ++k) {
    const float clipped = std::min(std::max(weights[k], low[k]), low[k] + width[k]);
    weights[k] = width[k] > 0.0F ? clipped : weights[k];
    levels[k] = (weights[k] - low[k]) * inverse[k];
  }
  if (thresholds_.size() <= few) {
    constexpr std::size_t lanes = Pack<float>::size();
    std::size_t k = 0;
    for (; k + lanes <= hidden.size(); k += lanes) {
      const Pack<float> place = load(levels + k);
      Pack<float> level(relative_levels_.front());
      for (std::size_t t = 0; t < thresholds_.size(); ++t) {
        where(place > Pack<float>(thresholds_[t]), level) = Pack<float>(relative_levels_[t + 1]);
      }
      store(level, levels + k);
    }
    for (; k < hidden.size(); ++k) {
      const auto above = std::lower_bound(thresholds_.begin(), thresholds_.end(), levels[k]);
      levels[k] = relative_levels_[static_cast<std::size_t>(above - thresholds_.begin())];
    }
  } else {
    for (std::size_t k = 0; k < hidden.size(); ++k) {
      const auto above = std::lower_bound(thresholds_.begin(), thresholds_.end(), levels[k]);
      levels[k] = relative_levels_[static_cast<std::size_t>(above - thresholds_.begin())];
    }
  }
  for (std::size_t k = 0; k < hidden.size(); ++k) {
    levels[k] = width[k] > 0.0F ? low[k] + width[k] * levels[k] : weights[k];
  }
}

}  // namespace spinsweep::network
