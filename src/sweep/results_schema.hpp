#pragma once

#include "network/idx.hpp"
#include "network/mlp.hpp"
#include "results/layout.hpp"
#include "store/schema.hpp"
#include "study/study.hpp"

namespace spinsweep::sweep {

/// Every group of the results file, as the stages declare them.
[[nodiscard]] const results::Table& results_table();

/// Everything the results file of a study holds, with the room for it. data_sets: the shape of each of the network's;
/// cases_at_once: how many cases of a device are simulated, or networks trained, at a time.
[[nodiscard]] store::Schema results_schema(const study::Study& study,
                                           const std::vector<network::DataSetShape>& data_sets, int cases_at_once);

/// Neurons of each layer of a network for a data set, inputs first, classes last.
[[nodiscard]] std::vector<int> layer_sizes(const network::NetworkSettings& settings,
                                           const network::DataSetShape& data_set);

/// A network of the study's layers for a data set, untrained.
[[nodiscard]] network::Mlp<float> make_network(const network::NetworkSettings& settings,
                                               const network::DataSetShape& data_set,
                                               const std::vector<double>& activation);

/// The revision of the source that this program was built from.
[[nodiscard]] std::string git_revision();

}  // namespace spinsweep::sweep
