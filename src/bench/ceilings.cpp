#include "bench/ceilings.hpp"

#include "base/pack.hpp"
#include "bench/timing.hpp"

namespace spinsweep::bench {

double triad_bandwidth(std::size_t bytes) {
  const std::size_t size = bytes / (3 * sizeof(double));
  std::vector<double> a(size, 0.0);
  const std::vector<double> b(size, 1.0);
  const std::vector<double> c(size, 2.0);
  // Short vectors are processed several times, so that the time of the clock itself is negligible.
  const std::size_t repetitions = std::size_t{1} + (std::size_t{1} << 23U) / bytes;
  const double seconds = median_seconds([&] {
    for (std::size_t k = 0; k < repetitions; ++k) {
      const double factor = 1.0 + static_cast<double>(k);
      double* target = a.data();
      const double* left = b.data();
      const double* right = c.data();
#pragma omp simd
      for (std::size_t i = 0; i < size; ++i) {
        target[i] = left[i] + factor * right[i];
      }
      // Keeps the compiler from dropping a round whose result the next one overwrites.
      asm volatile("" : : "g"(target) : "memory");
    }
  });
  return static_cast<double>(repetitions * 3 * size * sizeof(double)) / seconds;
}

double peak_flops() {
  // Independent sums, enough for the additions in flight of any processor we know.
  constexpr std::size_t sums = 16;
  constexpr std::size_t rounds = 200000;
  volatile double seed = 0.999999;
  const Pack<double> factor = double{seed};
  volatile double kept = 0.0;
  const double seconds = median_seconds([&] {
    Pack<double> sum[sums] = {};
    for (std::size_t k = 0; k < rounds; ++k) {
#pragma GCC unroll 16
      for (std::size_t i = 0; i < sums; ++i) {
        sum[i] = multiply_add(sum[i], factor, factor);
      }
    }
    Pack<double> total = 0.0;
    for (const Pack<double>& one : sum) {
      total += one;
    }
    kept = reduce(total);
  });
  return 2.0 * static_cast<double>(sums * rounds * Pack<double>::size()) / seconds;
}

std::vector<Row> measure_ceilings() {
  return {{"bandwidth, 0.6 MB in the second-level cache", 1e-9 * triad_bandwidth(600'000), "GB/s"},
          {"bandwidth, 6 MB in the third-level cache", 1e-9 * triad_bandwidth(6'000'000), "GB/s"},
          {"bandwidth, 200 MB in memory", 1e-9 * triad_bandwidth(200'000'000), "GB/s"},
          {"multiply-adds in double precision", 1e-9 * peak_flops(), "GFLOP/s"}};
}

}  // namespace spinsweep::bench
