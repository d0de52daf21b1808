#include <benchmark/benchmark.h>

#include <memory>

#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/derivative_pass.hpp"

namespace {

using namespace spinsweep::micromagnetics;
using spinsweep::copy_to;
using spinsweep::Pack;

/// dm/dt of every cell of a track of range(0) x range(1) cells of 3 nm, with one field or a combination of three.
void derivative(benchmark::State& state, bool extrapolated) {
  spinsweep::device::DeviceParameters p;
  p.track = {.length = 3e-9 * static_cast<double>(state.range(0)),
             .width = 3e-9 * static_cast<double>(state.range(1)),
             .thickness = 2e-9,
             .cell = 3e-9};
  p.initial_wall.position = 0.5 * p.track.length;
  const Mesh mesh = spinsweep::device::make_mesh(p);
  LlgsSystem system(p.material, mesh, Mask(mesh.cells(), 1),
                    std::make_shared<DemagField>(mesh, p.material.saturation_magnetization));
  const std::vector<double> wall = spinsweep::device::straight_wall(p);
  const spinsweep::AlignedVector<double> m(wall.begin(), wall.end());
  const spinsweep::AlignedVector<double> fields(3 * m.size(), 1.0);
  spinsweep::AlignedVector<double> rate(m.size(), 0.0);
  const double* h = fields.data();
  const std::size_t next = extrapolated ? m.size() : 0;
  for ([[maybe_unused]] const auto step : state) {
    for_each_derivative(
        system, system.torque_at(0.0), m.data(), {{h, h + next, h + 2 * next}, {1.0, -0.5, 0.25}},
        [out = rate.data()](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& derivative) {
          copy_to(derivative.x, out + k);
          copy_to(derivative.y, out + k + size);
          copy_to(derivative.z, out + k + 2 * size);
        });
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(mesh.cells()));
}

BENCHMARK_CAPTURE(derivative, evaluated_field, false)->Args({500, 50})->Args({128, 50})->Args({512, 64});
BENCHMARK_CAPTURE(derivative, extrapolated_field, true)->Args({500, 50})->Args({128, 50})->Args({512, 64});

}  // namespace
