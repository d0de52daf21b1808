#pragma once

#include <span>
#include <vector>

#include "micromagnetics/mesh.hpp"
#include "micromagnetics/row_decomposition.hpp"

/// Conversion between vector fields of a rank's own rows and of the whole mesh, each in its FieldLayout.
namespace spinsweep::micromagnetics {

/// The calling rank's own rows of the field, with zero ghosts. mesh: the whole one.
[[nodiscard]] std::vector<double> own_rows(const Mesh& mesh, const RowDecomposition& decomposition,
                                           std::span<const double> whole);

/// The whole field on the first rank, nothing on the others. Collective.
[[nodiscard]] std::vector<double> gather_on_first(const Mesh& mesh, const RowDecomposition& decomposition,
                                                  std::span<const double> own);

/// The whole field on every rank. Collective.
[[nodiscard]] std::vector<double> gather_on_all(const Mesh& mesh, const RowDecomposition& decomposition,
                                                std::span<const double> own);

}  // namespace spinsweep::micromagnetics
