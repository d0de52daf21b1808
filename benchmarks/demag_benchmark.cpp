#include <benchmark/benchmark.h>

#include "micromagnetics/demag_field.hpp"

namespace {

using namespace spinsweep::micromagnetics;

constexpr double saturation_magnetization = 1.1e6;

Mesh mesh_of(const benchmark::State& state) {
  return {.nx = static_cast<int>(state.range(0)),
          .ny = static_cast<int>(state.range(1)),
          .dx = 3e-9,
          .dy = 3e-9,
          .dz = 2e-9};
}

/// The demagnetising field of range(0) x range(1) cells.
void field(benchmark::State& state) {
  const Mesh mesh = mesh_of(state);
  DemagField demag(mesh, saturation_magnetization);
  const std::vector<double> m(FieldLayout(mesh).size(), 0.0);
  std::vector<double> result(m.size(), 0.0);
  for ([[maybe_unused]] const auto step : state) {
    demag.compute(m, result);
    benchmark::ClobberMemory();
  }
}

/// Its tensor and plans.
void set_up(benchmark::State& state) {
  for ([[maybe_unused]] const auto step : state) {
    const DemagField demag(mesh_of(state), saturation_magnetization);
    benchmark::DoNotOptimize(&demag);
  }
}

BENCHMARK(field)->Args({500, 50})->Args({128, 50})->Args({96, 50})->Args({512, 64})->Args({256, 64});
BENCHMARK(set_up)->Args({500, 50})->Args({128, 50})->Unit(benchmark::kMillisecond);

}  // namespace
