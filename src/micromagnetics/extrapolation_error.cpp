#include "micromagnetics/extrapolation_error.hpp"

#include <algorithm>
#include <cmath>

#include "micromagnetics/activity_log.hpp"
namespace spinsweep::micromagnetics {

double extrapolation_error(const LlgsSystem& system, Columns columns, std::span<const double> m,
                           const FieldCombination& extrapolated, std::span<const double> evaluated) {
  const LoggedActivity logged(Activity::step_control);
  const FieldLayout& layout = system.layout();
  const std::size_t size = layout.component_size();
  const auto& field = extrapolated.field;
  const auto& weight = extrapolated.weight;
  const auto difference = [&](std::size_t k) {
    return evaluated[k] - (weight[0] * field[0][k] + weight[1] * field[1][k] + weight[2] * field[2][k]);
  };
  double largest = 0.0;
  for (int j = 0; j < layout.ny(); ++j) {
    const std::size_t end = layout.index(columns.end, j);
#pragma omp simd reduction(max : largest)
    for (std::size_t k = layout.index(columns.begin, j); k < end; ++k) {
      const Vector3 torque = cross(Vector3{m[k], m[k + size], m[k + 2 * size]},
                                   Vector3{difference(k), difference(k + size), difference(k + 2 * size)});
      largest = std::max(largest, dot(torque, torque));
    }
  }
  return 0.5 * system.material().gyromagnetic_ratio * std::sqrt(system.decomposition().largest(largest));
}

}  // namespace spinsweep::micromagnetics
