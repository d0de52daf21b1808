#pragma once

#include <vector>

#include "bench/section.hpp"

namespace spinsweep::bench {

/// Training of the 784-128-10 network, forward, backward and Adam, by this rank alone and by all ranks of the program
/// together, against the rate of a matrix product in single precision in the same run. Collective over all ranks.
[[nodiscard]] std::vector<Row> measure_training();

}  // namespace spinsweep::bench
