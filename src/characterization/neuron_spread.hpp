#pragma once

#include <cstddef>

#include "network/noise_neuron.hpp"
#include "results/results.hpp"

namespace spinsweep::characterization {

/// How the activation of a neuron variant scatters in the realisations of its cases, in the units of its activation.
/// Errors: SimulationError unless all its cases are done.
[[nodiscard]] network::NeuronSpread neuron_spread(const results::Results& results, std::size_t variant);

}  // namespace spinsweep::characterization
