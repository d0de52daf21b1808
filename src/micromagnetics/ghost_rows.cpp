#include "micromagnetics/ghost_rows.hpp"

#include <algorithm>
#include <cstddef>

namespace spinsweep::micromagnetics {

GhostRows::GhostRows(const FieldLayout& layout, const RowDecomposition& decomposition)
    : layout_(layout), decomposition_(decomposition) {
  requests_.fill(MPI_REQUEST_NULL);
  const int rank = decomposition.rank();
  if (rank > 0) {
    sides_[0] = {rank - 1, 0, -1, {}, {}};
  }
  if (rank + 1 < decomposition.ranks()) {
    sides_[1] = {rank + 1, layout.ny() - 1, layout.ny(), {}, {}};
  }
  for (Side& side : sides_) {
    if (side.rank != MPI_PROC_NULL) {
      side.outgoing.resize(3 * static_cast<std::size_t>(layout.nx()));
      side.incoming.resize(3 * static_cast<std::size_t>(layout.nx()));
    }
  }
}

void GhostRows::begin(double* field, Columns columns) {
  if (!decomposition_.shared()) {
    return;
  }
  field_ = field;
  columns_ = columns;
  const auto width = static_cast<std::size_t>(columns.count());
  const int count = 3 * columns.count();
  std::size_t request = 0;
  for (Side& side : sides_) {
    if (side.rank != MPI_PROC_NULL) {
      MPI_Irecv(side.incoming.data(), count, MPI_DOUBLE, side.rank, 0, decomposition_.group()->get(),
                &requests_[request++]);
    }
  }
  for (Side& side : sides_) {
    if (side.rank != MPI_PROC_NULL) {
      const double* row = field + layout_.index(columns.begin, side.border);
      for (std::size_t component = 0; component < 3; ++component) {
        std::copy_n(row + component * layout_.component_size(), width, side.outgoing.data() + component * width);
      }
      MPI_Isend(side.outgoing.data(), count, MPI_DOUBLE, side.rank, 0, decomposition_.group()->get(),
                &requests_[request++]);
    }
  }
}

void GhostRows::finish() {
  if (!decomposition_.shared()) {
    return;
  }
  MPI_Waitall(static_cast<int>(requests_.size()), requests_.data(), MPI_STATUSES_IGNORE);
  const auto width = static_cast<std::size_t>(columns_.count());
  for (const Side& side : sides_) {
    if (side.rank != MPI_PROC_NULL) {
      double* row = field_ + layout_.index(columns_.begin, side.ghost);
      for (std::size_t component = 0; component < 3; ++component) {
        std::copy_n(side.incoming.data() + component * width, width, row + component * layout_.component_size());
      }
    }
  }
}

}  // namespace spinsweep::micromagnetics
