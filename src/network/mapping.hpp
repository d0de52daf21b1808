#pragma once

#include <span>
#include <string>
#include <utility>

namespace spinsweep::network {

/// How the weights of a layer are represented by the levels of a synapse. Its name is a rule for the range [low, high]
/// over which the levels are spread, and options after plus signs: "percentile+differential_pair+first_layer".
///
/// Rules: min_max, from the smallest to the largest weight; max_abs, from -|w|max to |w|max; absolute, from -1 to 1;
/// percentile, from -b to b with b a percentile of |w|; mse, from -b to b with the b that minimises the mean
/// square distance between weights and levels; mse_affine, the range that minimises it, not necessarily
/// symmetric about zero. Options: differential_pair, a weight is the difference G+ - G- of two devices; per_channel,
/// one range for each neuron instead of one for the layer; first_layer, the other layers are not quantised.
struct Mapping {
  enum class Rule { min_max, max_abs, absolute, percentile, mse, mse_affine };

  /// Errors: InputError if there is no such rule or option.
  explicit Mapping(const std::string& name);

  Rule rule = Rule::min_max;
  bool differential_pair = false;
  bool per_channel = false;
  bool first_layer = false;

  friend bool operator==(const Mapping&, const Mapping&) = default;
};

/// Biases of a network on the device: digital, on levels spread over the layer's biases, or on those of its weights.
enum class Biases { digital, own_range, shared_range };

/// The lowest and the highest weight that the levels represent.
using Range = std::pair<float, float>;

/// The range for these weights. relative_levels: ascending from 0 to 1; percentile: 50 to 100.
[[nodiscard]] Range find_range(Mapping::Rule rule, std::span<const float> weights,
                               std::span<const double> relative_levels, double percentile);

}  // namespace spinsweep::network
