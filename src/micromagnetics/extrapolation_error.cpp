#include "micromagnetics/extrapolation_error.hpp"

#include <algorithm>
#include <cmath>

#include "base/pack.hpp"
#include "micromagnetics/activity_log.hpp"
#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

double extrapolation_error(const LlgsSystem& system, Columns columns, std::span<const double> m,
                           const FieldCombination& extrapolated, std::span<const double> evaluated) {
  using Numbers = Pack<double>;
  const LoggedActivity logged(Activity::step_control);
  const FieldLayout& layout = system.layout();
  const std::size_t size = layout.component_size();
  const auto& field = extrapolated.field;
  const auto& weight = extrapolated.weight;
  Numbers largest = 0.0;
  const auto include = [&](std::size_t k, auto read) {
    const auto vector = [&](const double* from) {
      return BasicVector3<Numbers>{read(from + k), read(from + k + size), read(from + k + 2 * size)};
    };
    const auto difference = [&](std::size_t component) {
      const std::size_t at = component * size + k;
      return read(evaluated.data() + at) -
             (weight[0] * read(field[0] + at) + weight[1] * read(field[1] + at) + weight[2] * read(field[2] + at));
    };
    const auto torque = cross(vector(m.data()), BasicVector3<Numbers>{difference(0), difference(1), difference(2)});
    const Numbers square = dot(torque, torque);
    where(square > largest, largest) = square;
  };
  for (int j = 0; j < layout.ny(); ++j) {
    const std::size_t end = layout.index(columns.end, j);
    std::size_t k = layout.index(columns.begin, j);
    for (; k + Numbers::size() <= end; k += Numbers::size()) {
      include(k, [](const double* from) { return load(from); });
    }
    if (k < end) {
      include(k, [rest = end - k](const double* from) { return load_part(from, rest); });
    }
  }
  return 0.5 * system.material().gyromagnetic_ratio * std::sqrt(system.decomposition().largest(hmax(largest)));
}

}  // namespace spinsweep::micromagnetics
