#pragma once

#include <span>
#include <string>
#include <vector>

namespace spinsweep::network {

/// Names of the ways to spread a device's levels over a layer's weights: min_max over [smallest, largest weight],
/// max_abs over [-|w|max, |w|max], absolute over [-1, 1].
[[nodiscard]] const std::vector<std::string>& mapping_names();

/// The weights a layer can have on the device: the conductances of its levels (any unit, any order), normalised to
/// [0, 1] and spread over the layer's weights by a mapping; ascending. Errors: InputError if the levels are fewer than
/// two different finite numbers or the mapping is unknown.
[[nodiscard]] std::vector<float> weight_levels(std::span<const double> level_conductance,
                                               std::span<const float> weights, const std::string& mapping);

/// Moves every weight to its nearest level; of two equally near ones to the lower. Returns how many levels are used.
int snap(std::span<float> weights, std::span<const float> levels);

}  // namespace spinsweep::network
