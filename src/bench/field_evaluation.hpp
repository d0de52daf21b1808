#pragma once

#include <vector>

#include "bench/section.hpp"

namespace spinsweep::bench {

/// The whole right-hand side of the synapse's mesh, its demagnetising field and its local terms, against the yardstick
/// and the ceilings.
[[nodiscard]] std::vector<Row> measure_field_evaluation();

}  // namespace spinsweep::bench
