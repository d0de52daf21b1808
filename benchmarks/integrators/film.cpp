#include "film.hpp"

#include <algorithm>
#include <cmath>

#include "bench/timing.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::benchmarks {

Film::Film(double current_density) : parameters_(device::kind_of<device::Neuron>.defaults()) {
  parameters_.pulse.current_density = current_density;
  const micromagnetics::Mesh mesh = device::make_mesh(parameters_);
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, parameters_.material.saturation_magnetization);
  initial_ = device::initial_state(parameters_, demag);
  system_ =
      std::make_unique<micromagnetics::LlgsSystem>(parameters_.material, mesh, device::make_mask(parameters_), demag);
  system_->set_current_density(current_density);
}

Difference difference(const micromagnetics::LlgsSystem& system, std::span<const double> a, std::span<const double> b) {
  const micromagnetics::Vector3 mean = system.mean_magnetization(a) - system.mean_magnetization(b);
  Difference found{.mean = std::max({std::abs(mean.x), std::abs(mean.y), std::abs(mean.z)})};
  for (std::size_t k = 0; k < a.size(); ++k) {
    found.cell = std::max(found.cell, std::abs(a[k] - b[k]));
  }
  return found;
}

Outcome integrate_multirate(Film& film, double duration, double tolerance) {
  micromagnetics::TimeIntegration integration(film.system(), tolerance);
  integration.set_magnetization(film.initial());
  integration.set_current_density(film.current_density());
  const double before = bench::thread_seconds();
  integration.advance(duration);
  const double seconds = bench::thread_seconds() - before;
  const auto m = integration.magnetization();
  const auto& counts = integration.counts();
  return {.magnetization = {m.begin(), m.end()},
          .seconds = seconds,
          .steps = counts.steps,
          .local_evaluations = counts.local_evaluations,
          .demag_evaluations = counts.demag_evaluations};
}

}  // namespace spinsweep::benchmarks
