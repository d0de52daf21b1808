#pragma once

#include <vector>

#include "bench/section.hpp"

namespace spinsweep::bench {

/// One case of each device with its default parameters: the relaxation of the initial wall, then the first nanosecond
/// of the pulse, and its first 50 ps at 300 K.
[[nodiscard]] std::vector<Row> measure_synapse();
[[nodiscard]] std::vector<Row> measure_neuron();

}  // namespace spinsweep::bench
