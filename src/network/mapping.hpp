#pragma once

#include <span>
#include <string>
#include <utility>

namespace spinsweep::network {

/// How the levels of a synapse become the weights of a layer. Its name is a rule for the range [low, high] that the
/// levels are spread over, and options behind plus signs: "percentile+differential_pair+first_layer".
///
/// Rules: min_max, from the smallest to the largest weight; max_abs, from -|w|max to |w|max; absolute, from -1 to 1;
/// percentile, from -b to b with b a percentile of |w|; mse, from -b to b with the b of the least mean square
/// distance between the weights and their levels; mse_affine, the range of the least such distance wherever its
/// ends are. Options: differential_pair, a weight is the difference G+ - G- of two devices, not
/// one device; per_channel, a range for each neuron of the layer, not one for the layer; first_layer, the other layers
/// stay as they are.
struct Mapping {
  enum class Rule { min_max, max_abs, absolute, percentile, mean_square, mean_square_affine };

  /// Errors: InputError if there is no such rule or option.
  explicit Mapping(const std::string& name);

  Rule rule = Rule::min_max;
  bool pair = false;
  bool per_output = false;
  bool first_layer = false;
};

/// Lowest and highest weight that the levels are spread over.
using Range = std::pair<float, float>;

/// The range of these weights by a rule. relative_levels: ascending from 0 to 1; percentile: 50 to 100.
[[nodiscard]] Range find_range(Mapping::Rule rule, std::span<const float> weights,
                               std::span<const double> relative_levels, double percentile);

}  // namespace spinsweep::network
