#include "network/placement.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/distinct.hpp"
#include "base/error.hpp"

namespace spinsweep::network {

namespace {

/// Levels closer than this fraction of the span are one level.
constexpr double same_level = 1e-9;

/// Parts of the range of levels in which pair_at() begins to search at a place of their own.
constexpr std::size_t bins = 1024;

/// G+ - G- of two such devices, mapped from [-1, 1] to [0, 1].
double pair_level(double plus, double minus) {
  return 0.5 * (1.0 + plus - minus);
}

/// All values that it has.
std::vector<double> pair_levels(const std::vector<double>& relative) {
  std::vector<double> differences;
  for (const double plus : relative) {
    for (const double minus : relative) {
      differences.push_back(pair_level(plus, minus));
    }
  }
  return distinct(std::move(differences), same_level);
}

/// The devices that have each of these values.
std::vector<std::array<double, 2>> devices_of_pairs(const std::vector<double>& relative,
                                                    const std::vector<double>& pair_levels) {
  std::vector<std::array<double, 2>> pairs(pair_levels.size(), {1.0, 1.0});
  for (const double plus : relative) {
    for (const double minus : relative) {
      // The values that distinct() left out are those of the one before them.
      const auto next = std::ranges::upper_bound(pair_levels, pair_level(plus, minus));
      auto& pair = pairs[static_cast<std::size_t>(next - pair_levels.begin()) - 1];
      if (plus + minus < pair[0] + pair[1]) {
        pair = {plus, minus};
      }
    }
  }
  return pairs;
}

/// The level that is nearest to the lower end of each bin.
std::vector<std::size_t> nearest_of_bins(const std::vector<double>& relative_levels) {
  std::vector<std::size_t> nearest;
  std::size_t level = 0;
  for (std::size_t bin = 0; bin <= bins; ++bin) {
    const double end = static_cast<double>(bin) / bins;
    while (level + 1 < relative_levels.size() && end - relative_levels[level] > relative_levels[level + 1] - end) {
      ++level;
    }
    nearest.push_back(level);
  }
  return nearest;
}

/// Calls visit(parameters of one range, their range, stride between them) for each range of a layer: of a block
/// [row][output] the whole, or one column after the other.
template <class Visit>
void visit_ranges(const std::vector<Range>& ranges, std::span<float> block, Visit&& visit) {
  const std::size_t stride = ranges.size();
  for (std::size_t column = 0; column < stride; ++column) {
    visit(block, column, stride, ranges[column]);
  }
}

void quantize_block(const std::vector<Range>& ranges, std::span<float> block, std::span<const double> relative_levels) {
  visit_ranges(ranges, block, [&](std::span<float> values, std::size_t begin, std::size_t stride, const Range& range) {
    const auto levels = spread_levels(relative_levels, range);
    for (std::size_t k = begin; k < values.size(); k += stride) {
      values[k] = nearest_level(values[k], levels);
    }
  });
}

/// One range for all, or one for each output.
std::vector<Range> choose_ranges(std::span<const float> block, int outputs, bool per_channel, Mapping::Rule rule,
                                 std::span<const double> relative_levels, double percentile) {
  if (!per_channel) {
    return {find_range(rule, block, relative_levels, percentile)};
  }
  std::vector<Range> ranges;
  const auto stride = static_cast<std::size_t>(outputs);
  for (std::size_t output = 0; output < stride; ++output) {
    std::vector<float> column;
    for (std::size_t k = output; k < block.size(); k += stride) {
      column.push_back(block[k]);
    }
    ranges.push_back(find_range(rule, column, relative_levels, percentile));
  }
  return ranges;
}

}  // namespace

DeviceLevels::DeviceLevels(std::span<const double> conductances) {
  if (!std::all_of(conductances.begin(), conductances.end(), [](double level) { return std::isfinite(level); })) {
    throw InputError("a conductance level is not a finite number");
  }
  const std::set<double> different(conductances.begin(), conductances.end());
  if (different.size() < 2) {
    throw InputError("a synapse needs at least two different conductance levels to represent weights, this one has " +
                     std::to_string(different.size()));
  }
  lowest = *different.begin();
  span = *different.rbegin() - lowest;
  for (const double level : different) {
    relative.push_back((level - lowest) / span);
  }
}

std::size_t DeviceLevels::nearest(double g) const {
  // Counting the levels whose upper neighbour is nearer needs no branch that cannot be predicted. To draw one of the
  // writes of a level takes 17 ns for each device; with a binary search it took 26.
  std::size_t nearest = 0;
  for (std::size_t level = 0; level + 1 < relative.size(); ++level) {
    nearest += g - relative[level] > relative[level + 1] - g ? 1 : 0;
  }
  return nearest;
}

Placement::Placement(const Mlp<float>& network, const DeviceLevels& device, const PlacementRule& rule)
    : device_(device),
      differential_pair_(rule.mapping.differential_pair),
      relative_levels_(differential_pair_ ? pair_levels(device.relative) : distinct(device.relative, same_level)),
      pairs_(differential_pair_ ? devices_of_pairs(device.relative, relative_levels_)
                                : std::vector<std::array<double, 2>>()),
      nearest_of_bin_(differential_pair_ ? nearest_of_bins(relative_levels_) : std::vector<std::size_t>()),
      layers_(static_cast<std::size_t>(network.layers())) {
  const Mapping& mapping = rule.mapping;
  const int last = mapping.first_layer ? 1 : network.layers();
  for (int layer = 0; layer < last; ++layer) {
    LayerPlacement& place = layers_[static_cast<std::size_t>(layer)];
    place.ranges = choose_ranges(network.weights(layer), network.outputs(layer), mapping.per_channel, mapping.rule,
                                 relative_levels_, rule.percentile);
    if (rule.biases == Biases::shared_range) {
      place.bias_ranges = place.ranges;
    } else if (rule.biases == Biases::own_range) {
      place.bias_ranges = {find_range(mapping.rule, network.biases(layer), relative_levels_, rule.percentile)};
    }
  }
}

const std::array<double, 2>& Placement::pair_at(double relative) const {
  const auto bin = static_cast<std::size_t>(std::clamp(relative, 0.0, 1.0) * bins);
  std::size_t nearest = nearest_of_bin_[bin];
  while (nearest + 1 < relative_levels_.size() &&
         relative - relative_levels_[nearest] > relative_levels_[nearest + 1] - relative) {
    ++nearest;
  }
  return pairs_[nearest];
}

void Placement::quantize(Mlp<float>& network) const {
  for (int layer = 0; layer < network.layers(); ++layer) {
    quantize_layer(network, layer);
  }
}

void Placement::quantize_layer(Mlp<float>& network, int layer) const {
  const LayerPlacement& place = layers_[static_cast<std::size_t>(layer)];
  quantize_block(place.ranges, network.weights(layer), relative_levels_);
  quantize_block(place.bias_ranges, network.biases(layer), relative_levels_);
}

int Placement::levels_used(const Mlp<float>& network, int layer) const {
  const LayerPlacement& place = layers_[static_cast<std::size_t>(layer)];
  if (place.ranges.empty()) {
    return 0;
  }
  const auto weights = network.weights(layer);
  const std::size_t stride = place.ranges.size();
  std::size_t used = 0;
  for (std::size_t column = 0; column < stride; ++column) {
    std::set<float> different;
    for (std::size_t k = column; k < weights.size(); k += stride) {
      different.insert(weights[k]);
    }
    used += different.size();
  }
  return static_cast<int>(used);
}

int Placement::levels_available(int layer) const {
  return static_cast<int>(layers_[static_cast<std::size_t>(layer)].ranges.size() * relative_levels_.size());
}

bool Placement::holds(const Mlp<float>& network) const {
  Mlp<float> moved = network;
  quantize(moved);
  return std::equal(moved.parameters().begin(), moved.parameters().end(), network.parameters().begin());
}

std::vector<float> spread_levels(std::span<const double> relative_levels, const Range& range) {
  const auto low = static_cast<double>(range.first);
  const double width = static_cast<double>(range.second) - low;
  std::vector<float> levels;
  levels.reserve(relative_levels.size());
  for (const double level : relative_levels) {
    levels.push_back(static_cast<float>(low + width * level));
  }
  return levels;
}

std::size_t nearest_level_index(float weight, std::span<const float> levels) {
  const auto above = std::lower_bound(levels.begin(), levels.end(), weight);
  auto nearest = static_cast<std::size_t>(above - levels.begin());
  if (nearest == levels.size() || (nearest > 0 && weight - levels[nearest - 1] <= levels[nearest] - weight)) {
    --nearest;
  }
  return nearest;
}

float nearest_level(float weight, std::span<const float> levels) {
  return levels[nearest_level_index(weight, levels)];
}

}  // namespace spinsweep::network
