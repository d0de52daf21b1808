#include "micromagnetics/minimization.hpp"

#include <algorithm>
#include <vector>

#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {

Minimum minimize_energy(LlgsSystem& system, const DescentSettings& settings, std::span<double> m) {
  const FieldLayout& layout = system.layout();
  const double step = 1.0 / curvature_bound(system);
  const double tolerance = settings.tolerance * system.material().saturation_magnetization;
  std::vector<double> ahead(m.begin(), m.end());
  std::vector<double> field(layout.size());
  std::vector<double> moved(layout.size());
  Minimum minimum;
  Momentum momentum;
  while (true) {
    minimum.energy = effective_field(system, ahead, field);
    make_tangent(layout, ahead, field);
    ++minimum.steps;
    minimum.converged = largest_modulus(layout, field) <= tolerance;
    if (minimum.converged || minimum.steps >= settings.most_steps) {
      std::copy(ahead.begin(), ahead.end(), m.begin());
      return minimum;
    }
    move_along(layout, ahead, step, field, moved);
    for (std::size_t k = 0; k < moved.size(); ++k) {
      ahead[k] = moved[k] - m[k];
    }
    std::copy(moved.begin(), moved.end(), m.begin());
    move_along(layout, m, momentum.after(inner_product(field, ahead)), ahead, ahead);
    settings.after_step();
  }
}

}  // namespace spinsweep::micromagnetics
