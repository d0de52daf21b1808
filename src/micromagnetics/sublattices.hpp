#pragma once

#include <array>
#include <span>

#include "base/aligned_vector.hpp"
#include "micromagnetics/ghost_rows.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/row_decomposition.hpp"

namespace spinsweep::micromagnetics {

/// The cells of a film as the two colours of a chessboard, each a vector field of its own: all four neighbours of a
/// cell have the other colour. Position p of row j of a colour is cell (2 p + offset(colour, j), j).
class Sublattices {
 public:
  /// mesh: of the whole film.
  Sublattices(const Mesh& mesh, const RowDecomposition& decomposition);

  /// That of one colour in this rank's rows.
  [[nodiscard]] const FieldLayout& layout() const { return layout_; }
  [[nodiscard]] double* data(int colour) { return fields_[static_cast<std::size_t>(colour)].data(); }
  /// 0 or 1; j: own row. The neighbours of position p of the row lie in the other colour at p + offset to the east, at
  /// p + offset - 1 to the west and at p in the rows above and below.
  [[nodiscard]] int offset(int colour, int j) const { return (first_row_ + j + colour) & 1; }

  /// Copies a vector field of this rank's rows. Collective.
  void split(std::span<const double> field);
  /// The inverse; ghosts of `field` are not written.
  void join(std::span<double> field) const;

  /// Fetches the ghost rows of a colour from the ranks next to this one. Collective.
  void exchange_ghosts(int colour);

 private:
  FieldLayout film_;
  FieldLayout layout_;
  int first_row_;
  std::array<AlignedVector<double>, 2> fields_;
  GhostRows ghost_rows_;
};

}  // namespace spinsweep::micromagnetics
