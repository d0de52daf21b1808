#pragma once

#include "parallel/communicator.hpp"
#include "store/results_file.hpp"
#include "sweep/study.hpp"
#include "sweep/variant_curves.hpp"

namespace spinsweep::sweep {

/// Trains the FP32 network of every (neuron, data set, seed), quantises it to the levels of every synapse variant and
/// fine-tunes it; whatever the file says is done is not done again. Collective.
/// Errors: EnvironmentError if a data set cannot be read.
void run_network_stage(const Study& study, const VariantCurves& curves, store::ResultsFile& file,
                       const parallel::Communicator& communicator);

/// The table of accuracies that a run ends with: one line for each variant and data set, seeds averaged; at most 80
/// columns wide.
[[nodiscard]] std::string accuracy_table(const Study& study, const store::ResultsFile& file);

}  // namespace spinsweep::sweep
