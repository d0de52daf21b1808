#pragma once

#include <string>
#include <vector>

#include "network/idx.hpp"
#include "network/method.hpp"
#include "results/results.hpp"

namespace spinsweep::training {

/// Writes a trained FP32 network to /network/baseline and says that it is done. index: (neuron, data set, seed); model:
/// as save_model() made it; wall_time: s. By one rank.
void write_baseline(results::Results& results, const store::Extent& index, const network::Baseline& baseline,
                    const std::string& model, const network::ImageSet& images, double wall_time);

/// Writes what a deployment has yielded to /network and says that it is done; its weights too if the study stores them.
/// index: (variant, neuron, data set, seed, deployment); placement: null if the method needs no levels;
/// histogram_ranges: [layer]; wall_time: s. By one rank.
void write_deployment(results::Results& results, const store::Extent& index, const network::MethodResult& result,
                      const network::Placement* placement, const std::vector<double>& histogram_ranges,
                      double wall_time);

}  // namespace spinsweep::training
