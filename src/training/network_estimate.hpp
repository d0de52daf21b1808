#pragma once

#include <cstddef>
#include <vector>

#include "network/deployments.hpp"
#include "network/settings.hpp"
#include "study/study.hpp"

namespace spinsweep::training {

/// Estimated computing times of the network stage on one core, s, for a data set of the size of MNIST. The progress
/// corrects them as soon as something is done.
[[nodiscard]] double estimated_training_seconds(const network::NetworkSettings& settings, int epochs);

/// Of each deployment. One that shares the training of an earlier one does not train.
[[nodiscard]] std::vector<double> estimated_deployment_seconds(const study::Study& study);

/// The whole stage, with every baseline and control trained once. baselines: neuron variants times data sets times
/// seeds; synapses: synapse variants.
[[nodiscard]] double estimated_network_seconds(const study::Study& study, std::size_t baselines, std::size_t synapses);

}  // namespace spinsweep::training
