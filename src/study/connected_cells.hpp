#pragma once

#include "micromagnetics/columns.hpp"
#include "micromagnetics/mesh.hpp"

namespace spinsweep::study {

/// The columns from the first to the last that has a magnetic cell; none if no cell is magnetic.
[[nodiscard]] micromagnetics::Columns magnetic_columns(const micromagnetics::Mesh& mesh,
                                                       const micromagnetics::Mask& mask);

/// Whether magnetic cells that touch along an edge lead from the first of those columns to the last.
[[nodiscard]] bool connects(const micromagnetics::Mesh& mesh, micromagnetics::Mask mask,
                            micromagnetics::Columns columns);

}  // namespace spinsweep::study
