#pragma once

#include "network/idx.hpp"
#include "results/layout.hpp"
#include "store/schema.hpp"
#include "study/study.hpp"

namespace spinsweep::layout {

/// Every group of the results file, as the stages declare them.
[[nodiscard]] const results::Table& results_table();

/// Everything the results file of a study holds, with the room for it. data_sets: the shape of each of the network's;
/// cases_at_once: how many cases of a device are simulated, or networks trained, at a time.
[[nodiscard]] store::Schema results_schema(const study::Study& study,
                                           const std::vector<network::DataSetShape>& data_sets, int cases_at_once);

}  // namespace spinsweep::layout
