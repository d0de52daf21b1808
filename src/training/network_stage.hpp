#pragma once

#include "characterization/variant_curves.hpp"
#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"
#include "study/study.hpp"

namespace spinsweep::training {

/// Trains the FP32 network of every (neuron, data set, seed), then puts it on the levels of every synapse variant by
/// every deployment. Groups of ranks share the work, each trains one network at a time; what the file says is
/// done is not done again, what failed before is tried again. If the run is interrupted, trainings under way are saved,
/// and evaluations under way start from the beginning next time. Collective. Errors, on all ranks alike:
/// EnvironmentError if a data set cannot be read or the file not be written.
engine::StageOutcome run_network_stage(const study::Study& study, const characterization::VariantCurves& curves,
                                       results::Results& results, const parallel::Communicator& communicator);

}  // namespace spinsweep::training
