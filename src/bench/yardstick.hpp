#pragma once

#include <vector>

#include "bench/section.hpp"

namespace spinsweep::bench {

/// What a machine's speed is measured by.
struct Yardstick {
  double whole = 0.0;   ///< three forward and three inverse real two-dimensional transforms of 1000 x 100, s
  double pruned = 0.0;  ///< the same without the rows that only padding fills, as the convolution needs them, s
};

/// Plans with FFTW_MEASURE, in double precision, on one thread.
[[nodiscard]] Yardstick yardstick();

[[nodiscard]] std::vector<Row> measure_yardstick();

}  // namespace spinsweep::bench
