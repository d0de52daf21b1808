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

float LevelProjection::nearest(float relative) const {
  const auto above = std::lower_bound(thresholds_.begin(), thresholds_.end(), relative);
  return relative_levels_[static_cast<std::size_t>(above - thresholds_.begin())];
}

void LevelProjection::project(std::size_t begin, std::span<float> latent, std::span<float> quantised) const {
  // With few levels, comparing a pack of weights with all of them is faster than a search for each weight.
  constexpr std::size_t few = 40;
  constexpr std::size_t lanes = Pack<float>::size();
  std::size_t k = 0;
  for (; thresholds_.size() <= few && k + lanes <= latent.size(); k += lanes) {
    const Pack<float> low = load(low_.data() + begin + k);
    const Pack<float> width = load(width_.data() + begin + k);
    const Pack<float> weight = load(latent.data() + k);
    const auto is_free = width == 0.0F;
    Pack<float> kept = std::experimental::min(std::experimental::max(weight, low), low + width);
    where(is_free, kept) = weight;
    const Pack<float> relative = (kept - low) * load(inverse_.data() + begin + k);
    Pack<float> level(relative_levels_.front());
    for (std::size_t t = 0; t < thresholds_.size(); ++t) {
      where(relative > thresholds_[t], level) = relative_levels_[t + 1];
    }
    Pack<float> seen = low + width * level;
    where(is_free, seen) = kept;
    copy_to(kept, latent.data() + k);
    copy_to(seen, quantised.data() + k);
  }
  for (; k < latent.size(); ++k) {
    const float low = low_[begin + k];
    const float width = width_[begin + k];
    if (width == 0.0F) {
      quantised[k] = latent[k];
    } else {
      latent[k] = std::clamp(latent[k], low, low + width);
      quantised[k] = low + width * nearest((latent[k] - low) * inverse_[begin + k]);
    }
  }
}

}  // namespace spinsweep::network
