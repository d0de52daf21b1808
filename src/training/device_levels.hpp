#pragma once

#include <vector>

#include "network/placement.hpp"
#include "network/synapse_energy.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"
#include "study/study.hpp"

namespace spinsweep::training {

/// How the devices of each synapse variant are read.
[[nodiscard]] std::vector<network::Reading> readings_of(const study::Study& study);

/// The levels (S) of a synapse variant with what simulated or measured writes have made of them, if the study has
/// these. Collective.
[[nodiscard]] network::DeviceLevels levels_of(const std::vector<double>& conductances, std::size_t variant,
                                              const results::Results& results, const parallel::Communicator& group);

}  // namespace spinsweep::training
