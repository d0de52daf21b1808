#pragma once

#include <array>

#include "base/aligned_vector.hpp"
#include "micromagnetics/columns.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/row_stripes.hpp"

namespace spinsweep::micromagnetics {

/// Keeps the ghost rows of a vector field on a stripe of a mesh: those above and below, which are zero at the edge of
/// the track, hold the border rows of the ranks next to this one. Does nothing where one rank has all rows.
class GhostRows {
 public:
  /// layout: of this rank's rows.
  GhostRows(const FieldLayout& layout, const RowStripes& stripes);

  /// Fetches those columns of the ghost rows from the ranks next to this one. Collective.
  void exchange(double* field, Columns columns) {
    begin(field, columns);
    finish();
  }

  /// The two halves of exchange(). In between the rows at the border must not be written, nor the ghosts read.
  void begin(double* field, Columns columns);
  void finish();

 private:
  /// What lies on one side, above or below.
  struct Side {
    int rank = MPI_PROC_NULL;  ///< that has the rows there
    int border = 0;            ///< own row next to them
    int ghost = 0;
    AlignedVector<double> outgoing;  ///< [component][column]
    AlignedVector<double> incoming;
  };

  FieldLayout layout_;
  RowStripes stripes_;
  std::array<Side, 2> sides_;
  std::array<MPI_Request, 4> requests_;
  double* field_ = nullptr;  ///< of the exchange that was begun
  Columns columns_;
};

}  // namespace spinsweep::micromagnetics
