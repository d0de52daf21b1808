#pragma once

#include <string>

#include "results/results.hpp"

namespace spinsweep::status {

/// What a run of the network stage ends with: for each variant, data set and mapping the accuracy of every scheme, mean
/// and spread over neuron variants and seeds; at most 80 columns wide as long as a
/// synapse has few axes. Names accuracies at chance level.
[[nodiscard]] std::string accuracy_table(const results::Results& results);

}  // namespace spinsweep::status
