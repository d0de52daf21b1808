#include "network/quantizer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.hpp"

namespace spinsweep::network {

namespace {

using Range = std::pair<double, double>;

Range min_max(std::span<const float> weights) {
  const auto [smallest, largest] = std::minmax_element(weights.begin(), weights.end());
  return {*smallest, *largest};
}

Range max_abs(std::span<const float> weights) {
  const auto [smallest, largest] = min_max(weights);
  const double bound = std::max(std::abs(smallest), std::abs(largest));
  return {-bound, bound};
}

Range absolute(std::span<const float> /*weights*/) {
  return {-1.0, 1.0};
}

struct Mapping {
  const char* name;
  Range (*range)(std::span<const float>);
};

constexpr Mapping mappings[] = {{"min_max", min_max}, {"max_abs", max_abs}, {"absolute", absolute}};

}  // namespace

const std::vector<std::string>& mapping_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const Mapping& mapping : mappings) {
      list.emplace_back(mapping.name);
    }
    return list;
  }();
  return names;
}

std::vector<float> weight_levels(std::span<const double> level_conductance, std::span<const float> weights,
                                 const std::string& mapping) {
  std::vector<double> levels(level_conductance.begin(), level_conductance.end());
  if (!std::all_of(levels.begin(), levels.end(), [](double level) { return std::isfinite(level); })) {
    throw InputError("a conductance level is not a finite number");
  }
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  if (levels.size() < 2) {
    throw InputError("a synapse needs at least two different conductance levels to hold weights, this one has " +
                     std::to_string(levels.size()));
  }
  const auto* chosen =
      std::find_if(std::begin(mappings), std::end(mappings), [&](const Mapping& m) { return m.name == mapping; });
  if (chosen == std::end(mappings)) {
    throw InputError("unknown mapping of levels to weights: " + mapping);
  }
  const auto [low, high] = chosen->range(weights);
  const double first = levels.front();
  const double span = levels.back() - first;
  std::vector<float> result;
  for (const double level : levels) {
    result.push_back(static_cast<float>(low + (high - low) * ((level - first) / span)));
  }
  return result;
}

int snap(std::span<float> weights, std::span<const float> levels) {
  std::vector<bool> used(levels.size(), false);
  for (float& weight : weights) {
    const auto above = std::lower_bound(levels.begin(), levels.end(), weight);
    auto nearest = static_cast<std::size_t>(above - levels.begin());
    if (nearest == levels.size() || (nearest > 0 && weight - levels[nearest - 1] <= levels[nearest] - weight)) {
      --nearest;
    }
    weight = levels[nearest];
    used[nearest] = true;
  }
  return static_cast<int>(std::count(used.begin(), used.end(), true));
}

}  // namespace spinsweep::network
