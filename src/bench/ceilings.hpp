#pragma once

#include <cstddef>
#include <vector>

#include "bench/section.hpp"

namespace spinsweep::bench {

/// Rate at which one core moves a[k] = b[k] + s c[k] through its memory, B/s, counting two reads and a write; `bytes`
/// is what the three vectors take together. Source: the triad of J. D. McCalpin's STREAM benchmark.
[[nodiscard]] double triad_bandwidth(std::size_t bytes);

/// Rate of fused multiply-adds in double precision on numbers in registers, FLOP/s, two for each.
[[nodiscard]] double peak_flops();

/// Bandwidths of the second- and third-level cache and of the memory, and the peak.
[[nodiscard]] std::vector<Row> measure_ceilings();

}  // namespace spinsweep::bench
