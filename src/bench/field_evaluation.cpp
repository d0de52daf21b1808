#include "bench/field_evaluation.hpp"

#include <memory>

#include "bench/ceilings.hpp"
#include "bench/counted_real.hpp"
#include "bench/timing.hpp"
#include "bench/yardstick.hpp"
#include "device/film.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/vector_pack.hpp"

namespace spinsweep::bench {

namespace {

using micromagnetics::BasicVector3;
using micromagnetics::VectorPack;

/// Floating-point operations of the local terms and the torque in one cell.
double operations_per_cell(const micromagnetics::LlgsSystem& system) {
  CountedReal::operations = 0;
  const micromagnetics::BasicStencil<CountedReal> stencil{};
  const BasicVector3<CountedReal> demag{};
  (void)system.torque_at(0.0).derivative(stencil.centre, system.local_field().add_field(stencil, demag),
                                         micromagnetics::UniformMaterial());
  return static_cast<double>(CountedReal::operations);
}

}  // namespace

std::vector<Row> measure_field_evaluation() {
  const device::DeviceParameters p = device::kind_of<device::Synapse>.defaults();
  const micromagnetics::Mesh mesh = device::make_mesh(p);
  const double before = thread_seconds();
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, p.material.saturation_magnetization);
  const double set_up = thread_seconds() - before;
  micromagnetics::LlgsSystem system(device::make_film(p), demag);
  const std::vector<double> wall = device::straight_wall(p);
  const AlignedVector<double> m(wall.begin(), wall.end());
  AlignedVector<double> field(m.size(), 0.0);
  AlignedVector<double> rate(m.size(), 0.0);
  const double whole_time = median_seconds([&] { system.derivative(m, rate); });
  const double demag_time = median_seconds([&] { system.demagnetizing_field(m, field); });
  const double* h = field.data();
  const double local_time = median_seconds([&] {
    for_each_derivative(system, system.torque_at(0.0), m.data(), {{h, h, h}, {1.0, 0.0, 0.0}},
                        [out = rate.data()](std::size_t k, std::size_t size, const VectorPack& derivative) {
                          store_vectors(derivative, out, k, size);
                        });
  });
  const auto cells = static_cast<double>(mesh.cells());
  // Magnetisation, demagnetising field and derivative, three numbers each, and the number of neighbours.
  const double bytes = cells * 10.0 * sizeof(double);
  const double operations = cells * operations_per_cell(system);
  return {{"set-up of the demagnetising tensor", set_up, "s"},
          {"whole evaluation", 1e3 * whole_time, "ms"},
          {"  over the pruned yardstick", whole_time / yardstick().pruned, "1"},
          {"demagnetising field", 1e3 * demag_time, "ms"},
          {"local terms and torque", 1e3 * local_time, "ms"},
          {"  data moved", 1e-9 * bytes / local_time, "GB/s"},
          {"  of the bandwidth at 2 MB", bytes / local_time / triad_bandwidth(2'000'000), "1"},
          {"  arithmetic", 1e-9 * operations / local_time, "GFLOP/s"},
          {"  of the peak", operations / local_time / peak_flops(), "1"}};
}

}  // namespace spinsweep::bench
