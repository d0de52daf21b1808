#pragma once

#include <cstddef>
#include <string>

#include "network/settings.hpp"

namespace spinsweep::training {

/// Estimated computing times of the network stage on one core, s, for a data set of the size of MNIST. The progress
/// corrects them as soon as something is done.
[[nodiscard]] double estimated_baseline_seconds(const network::NetworkSettings& settings);
[[nodiscard]] double estimated_control_seconds(const network::NetworkSettings& settings, const std::string& scheme);
[[nodiscard]] double estimated_scheme_seconds(const network::NetworkSettings& settings, const std::string& scheme);

/// The whole stage, with every baseline and control trained once. baselines: neuron variants times data sets times
/// seeds; synapses: synapse variants.
[[nodiscard]] double estimated_network_seconds(const network::NetworkSettings& settings, std::size_t baselines,
                                               std::size_t synapses);

}  // namespace spinsweep::training
