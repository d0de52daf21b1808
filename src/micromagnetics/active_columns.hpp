#pragma once

#include <span>

#include "micromagnetics/columns.hpp"

namespace spinsweep::micromagnetics {

/// Columns on either side of the moving ones that are active too, so that the motion has room.
inline constexpr int active_margin = 8;

/// The smallest block of columns of a mesh of nx columns that holds every column whose largest |dm/dt|^2 exceeds
/// `square_of_rate` (1/s^2), a margin on either side, and a multiple of 32 columns: empty if no column moves, all
/// columns if it would hold more than three quarters of them. square_rates: (1/s)^2, of nx columns.
[[nodiscard]] Columns active_columns(std::span<const double> square_rates, double square_of_rate);

/// Whether the motion has reached a border of the active columns that is not an edge of the mesh.
[[nodiscard]] bool border_moves(std::span<const double> square_rates, double square_of_rate, Columns active);

}  // namespace spinsweep::micromagnetics
