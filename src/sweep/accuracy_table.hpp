#pragma once

#include <string>

#include "store/results_file.hpp"
#include "study/study.hpp"

namespace spinsweep::sweep {

/// What a run of the network stage ends with: for each variant, data set and mapping the accuracy of every scheme, mean
/// and spread over neuron variants and seeds; at most 80 columns wide as long as a
/// synapse has few axes. Names accuracies at chance level.
[[nodiscard]] std::string accuracy_table(const study::Study& study, const store::ResultsFile& file);

}  // namespace spinsweep::sweep
