#pragma once

#include <vector>

#include "bench/section.hpp"

namespace spinsweep::bench {

/// Reference times by which the speeds of machines are compared.
struct Yardstick {
  double whole = 0.0;   ///< three forward and three inverse real two-dimensional transforms of 1000 x 100, s
  double pruned = 0.0;  ///< the same without the transforms of rows that are only padding, as in the convolution, s
};

/// Plans with FFTW_MEASURE, in double precision, on one thread.
[[nodiscard]] Yardstick yardstick();

[[nodiscard]] std::vector<Row> measure_yardstick();

}  // namespace spinsweep::bench
