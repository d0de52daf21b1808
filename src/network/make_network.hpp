#pragma once

#include <vector>

#include "network/idx.hpp"
#include "network/mlp.hpp"
#include "network/settings.hpp"

namespace spinsweep::network {

/// Neurons of each layer of a network for a data set, inputs first, classes last.
[[nodiscard]] std::vector<int> layer_sizes(const NetworkSettings& settings, const DataSetShape& data_set);

/// A network of the study's layers for a data set, untrained.
[[nodiscard]] Mlp<float> make_network(const NetworkSettings& settings, const DataSetShape& data_set,
                                      const std::vector<double>& activation);

}  // namespace spinsweep::network
