#pragma once

#include <span>

#include "micromagnetics/columns.hpp"
#include "micromagnetics/mesh.hpp"

namespace spinsweep::micromagnetics {

/// Copies those columns of a vector field.
void copy_columns(const FieldLayout& layout, Columns columns, std::span<const double> from, std::span<double> to);

/// result = a + weight (b - a) in those columns of vector fields.
void interpolate_columns(const FieldLayout& layout, Columns columns, std::span<const double> a,
                         std::span<const double> b, double weight, std::span<double> result);

}  // namespace spinsweep::micromagnetics
