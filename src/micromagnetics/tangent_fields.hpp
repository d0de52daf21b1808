#pragma once

#include <span>

#include "micromagnetics/mesh.hpp"

/// Operations on vector fields m of unit vectors (zero outside the magnet) and on fields tangent to them. Spans hold
/// the layout.size() numbers of a vector field; ghosts are zero. Sums run over all cells.
namespace spinsweep::micromagnetics {

/// Sum of a.b over the cells.
[[nodiscard]] double inner_product(std::span<const double> a, std::span<const double> b);

/// field -= (m.field) m in every cell.
void make_tangent(const FieldLayout& layout, std::span<const double> m, std::span<double> field);

/// Largest modulus of the field in a cell; NaN if a component is not finite.
[[nodiscard]] double largest_modulus(const FieldLayout& layout, std::span<const double> field);

/// moved = (m + step * field)/|m + step * field| in every cell; moved may be m.
void move_along(const FieldLayout& layout, std::span<const double> m, double step, std::span<const double> field,
                std::span<double> moved);

/// Distance of two magnetisations on the product of unit spheres: the square root of the sum over the cells of the
/// squared angle between a and b.
[[nodiscard]] double geodesic_distance(const FieldLayout& layout, std::span<const double> a, std::span<const double> b);

/// The magnetisation at `fraction` of the way from a to b along the great circle in every cell. Where a and b are
/// opposite, the way leads through +x.
void interpolate_on_geodesic(const FieldLayout& layout, std::span<const double> a, std::span<const double> b,
                             double fraction, std::span<double> result);

}  // namespace spinsweep::micromagnetics
