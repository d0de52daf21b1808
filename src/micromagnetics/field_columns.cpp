#include "micromagnetics/field_columns.hpp"

namespace spinsweep::micromagnetics {

namespace {

template <class Use>
void for_each_cell(const FieldLayout& layout, Columns columns, Use use) {
  for (std::size_t component = 0; component < 3; ++component) {
    const std::size_t offset = component * layout.component_size();
    for (int j = 0; j < layout.ny(); ++j) {
      const std::size_t end = offset + layout.index(columns.end, j);
      for (std::size_t k = offset + layout.index(columns.begin, j); k < end; ++k) {
        use(k);
      }
    }
  }
}

}  // namespace

void copy_columns(const FieldLayout& layout, Columns columns, std::span<const double> from, std::span<double> to) {
  for_each_cell(layout, columns, [=](std::size_t k) { to[k] = from[k]; });
}

void interpolate_columns(const FieldLayout& layout, Columns columns, std::span<const double> a,
                         std::span<const double> b, double weight, std::span<double> result) {
  for_each_cell(layout, columns, [=](std::size_t k) { result[k] = a[k] + weight * (b[k] - a[k]); });
}

}  // namespace spinsweep::micromagnetics
