#pragma once

#include <cstddef>
#include <string>

#include "network/settings.hpp"

namespace spinsweep::sweep {

/// Computing times of what the network stage does, estimated, on one core, s. They take a data set of the size of
/// MNIST: how far they are off shows as soon as something is done.
[[nodiscard]] double estimated_baseline_seconds(const network::NetworkSettings& settings);
[[nodiscard]] double estimated_control_seconds(const network::NetworkSettings& settings, const std::string& scheme);
[[nodiscard]] double estimated_scheme_seconds(const network::NetworkSettings& settings, const std::string& scheme);

/// The whole stage, with every baseline and control trained once: `baselines` is the number of neuron variants, data
/// sets and seeds multiplied, `synapses` that of synapse variants.
[[nodiscard]] double estimated_network_seconds(const network::NetworkSettings& settings, std::size_t baselines,
                                               std::size_t synapses);

}  // namespace spinsweep::sweep
