#pragma once

#include <string>

#include "results/results.hpp"

namespace spinsweep::status {

/// What a run of the network stage ends with: for each synapse variant the accuracy of every deployment on each data
/// set, mean and spread over neuron variants and seeds; at most 80 columns wide as long as names are short and data
/// sets few. Names accuracies at chance level.
[[nodiscard]] std::string accuracy_table(const results::Results& results);

}  // namespace spinsweep::status
