#include "network/level_codes.hpp"

#include <algorithm>

namespace spinsweep::network {

namespace {

Codes codes_of(const std::vector<Range>& ranges, std::span<const float> values, std::span<const double> levels) {
  Codes found;
  for (const Range& range : ranges) {
    found.codebooks.push_back(spread_levels(levels, range));
  }
  for (std::size_t k = 0; !ranges.empty() && k < values.size(); ++k) {
    const auto code = nearest_level_index(values[k], found.codebooks[k % ranges.size()]);
    found.codes.push_back(static_cast<std::int32_t>(code));
  }
  return found;
}

}  // namespace

LayerCodes nearest_codes(const Placement& placement, const Mlp<float>& network, int layer) {
  const LayerPlacement& place = placement.layers()[static_cast<std::size_t>(layer)];
  return {.weights = codes_of(place.ranges, network.weights(layer), placement.relative_levels()),
          .biases = codes_of(place.bias_ranges, network.biases(layer), placement.relative_levels())};
}

std::vector<float> unpadded_parameters(const Mlp<float>& network) {
  std::vector<float> parameters;
  parameters.reserve(network.layout().unpadded_count());
  for (int layer = 0; layer < network.layers(); ++layer) {
    std::ranges::copy(network.weights(layer), std::back_inserter(parameters));
    std::ranges::copy(network.biases(layer), std::back_inserter(parameters));
  }
  return parameters;
}

}  // namespace spinsweep::network
