#pragma once

#include <array>

#include "base/aligned_vector.hpp"
#include "micromagnetics/columns.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/row_decomposition.hpp"

namespace spinsweep::micromagnetics {

/// Exchange of the ghost rows of a vector field: the row above and the row below a rank's own rows, which hold the
/// border rows of the neighbouring ranks and are zero at the edges of the track. Does nothing where one rank has all
/// rows.
class GhostRows {
 public:
  /// layout: of this rank's rows.
  GhostRows(const FieldLayout& layout, const RowDecomposition& decomposition);

  /// Fetches those columns of the ghost rows from the ranks next to this one. Collective.
  void exchange(double* field, Columns columns) {
    begin(field, columns);
    finish();
  }

  /// The two halves of exchange(). Between them the border rows must not be written and the ghost rows not read.
  void begin(double* field, Columns columns);
  void finish();

 private:
  /// The exchange with one neighbour, above or below.
  struct Side {
    int rank = MPI_PROC_NULL;  ///< that has the rows there
    int border = 0;            ///< own row next to them
    int ghost = 0;
    AlignedVector<double> outgoing;  ///< [component][column]
    AlignedVector<double> incoming;
  };

  FieldLayout layout_;
  RowDecomposition decomposition_;
  std::array<Side, 2> sides_;
  std::array<MPI_Request, 4> requests_;
  double* field_ = nullptr;  ///< of the exchange that was begun
  Columns columns_;
};

}  // namespace spinsweep::micromagnetics
