#include "micromagnetics/minimization.hpp"

#include <algorithm>
#include <vector>

#include "micromagnetics/accelerated_descent.hpp"
#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {

Minimum minimize_energy(LlgsSystem& system, const DescentSettings& settings, std::span<double> m) {
  const FieldLayout& layout = system.layout();
  const double tolerance = settings.tolerance * system.material().saturation_magnetization;
  AcceleratedDescent descent(layout, 1.0 / curvature_bound(system), m);
  std::vector<double> field(layout.size());
  Minimum minimum;
  while (true) {
    minimum.energy = effective_field(system, descent.ahead(), field);
    make_tangent(layout, descent.ahead(), field);
    ++minimum.steps;
    minimum.converged = largest_modulus(layout, field) <= tolerance;
    if (minimum.converged || minimum.steps >= settings.most_steps) {
      std::copy(descent.ahead().begin(), descent.ahead().end(), m.begin());
      return minimum;
    }
    descent.step_along(field);
    settings.after_step();
  }
}

}  // namespace spinsweep::micromagnetics
