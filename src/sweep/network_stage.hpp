#pragma once

#include <vector>

#include "parallel/communicator.hpp"
#include "results/results.hpp"
#include "study/study.hpp"
#include "sweep/variant_curves.hpp"

namespace spinsweep::sweep {

/// Trains the FP32 network of every (neuron, data set, seed), then puts it on the levels of every synapse variant by
/// every mapping and scheme. Groups of ranks share the work, each trains one network at a time; whatever the file says
/// is done is not done again, what failed before is tried again. Returns, on all ranks, which trainings and schemes
/// failed and why. Collective. Errors, on all ranks alike: EnvironmentError if a data set cannot be read or
/// the file not be written; Interrupted if a rank is asked to stop, after the trainings
/// under way have been saved; evaluations under way begin anew.
std::vector<Failure> run_network_stage(const study::Study& study, const VariantCurves& curves,
                                       results::Results& results, const parallel::Communicator& communicator);

}  // namespace spinsweep::sweep
