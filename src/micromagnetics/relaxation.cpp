#include "micromagnetics/relaxation.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "micromagnetics/time_integration.hpp"
#include "micromagnetics/whole_field.hpp"

namespace spinsweep::micromagnetics {

namespace {

double largest_rate(LlgsSystem& system, std::span<const double> m) {
  std::vector<double> rate(system.layout().size());
  system.derivative(m, rate);
  const std::size_t size = system.layout().component_size();
  double largest = 0.0;
  for (std::size_t k = 0; k < size; ++k) {
    largest = std::max(largest, std::hypot(rate[k], rate[k + size], rate[k + 2 * size]));
  }
  return system.decomposition().largest(largest);
}

}  // namespace

void relax(Film film, std::shared_ptr<DemagField> demag, Vector3 applied_field, const RelaxationSettings& settings,
           std::span<double> m) {
  constexpr double interval = 20e-12;
  film.material.damping = 1.0;
  film.material.temperature = 0.0;
  film.material.spin_transfer = {};
  film.current = nullptr;
  LlgsSystem system(std::move(film), std::move(demag));
  const Mesh& mesh = system.mesh();
  system.set_applied_field(applied_field);
  TimeIntegration integration(system, settings.tolerance);
  integration.set_magnetization(own_rows(mesh, system.decomposition(), m));
  integration.observe([&settings, &integration] {
    settings.watch.after_step(integration.time());
    return false;
  });
  integration.watch_steps(settings.watch.during_step);
  while (largest_rate(system, integration.magnetization()) > settings.stopping_rate &&
         integration.time() < settings.longest) {
    integration.advance(std::min(integration.time() + interval, settings.longest));
  }
  const std::vector<double> relaxed = gather_on_all(mesh, system.decomposition(), integration.magnetization());
  std::copy(relaxed.begin(), relaxed.end(), m.begin());
}

}  // namespace spinsweep::micromagnetics
