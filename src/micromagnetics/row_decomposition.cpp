#include "micromagnetics/row_decomposition.hpp"

#include <string>

#include "base/error.hpp"

namespace spinsweep::micromagnetics {

RowDecomposition::RowDecomposition(int rows, const parallel::Communicator& group)
    : rows_(rows), group_(group.size() > 1 ? &group : nullptr) {
  if (group.size() > rows) {
    throw InputError("a track of " + std::to_string(rows) + " rows of cells cannot be divided among " +
                     std::to_string(group.size()) + " ranks: each needs a row");
  }
}

Rows RowDecomposition::of(int rank) const {
  const auto first_row_of = [this](std::int64_t r) { return static_cast<int>(rows_ * r / ranks()); };
  return {first_row_of(rank), first_row_of(rank + 1)};
}

double RowDecomposition::largest(double own) const {
  largest_of_each({&own, 1});
  return own;
}

void RowDecomposition::largest_of_each(std::span<double> own) const {
  if (shared()) {
    MPI_Allreduce(MPI_IN_PLACE, own.data(), static_cast<int>(own.size()), MPI_DOUBLE, MPI_MAX, group_->get());
  }
}

bool RowDecomposition::all(bool own) const {
  int result = own ? 1 : 0;
  if (shared()) {
    MPI_Allreduce(MPI_IN_PLACE, &result, 1, MPI_INT, MPI_MIN, group_->get());
  }
  return result == 1;
}

void RowDecomposition::receive_from_rank_before(std::span<double> numbers) const {
  if (rank() > 0) {
    MPI_Recv(numbers.data(), static_cast<int>(numbers.size()), MPI_DOUBLE, rank() - 1, 0, group_->get(),
             MPI_STATUS_IGNORE);
  }
}

void RowDecomposition::send_to_rank_after(std::span<const double> numbers) const {
  if (rank() + 1 < ranks()) {
    MPI_Send(numbers.data(), static_cast<int>(numbers.size()), MPI_DOUBLE, rank() + 1, 0, group_->get());
  }
}

void RowDecomposition::share_of_last_rank(std::span<double> numbers) const {
  if (shared()) {
    MPI_Bcast(numbers.data(), static_cast<int>(numbers.size()), MPI_DOUBLE, ranks() - 1, group_->get());
  }
}

Mesh own_mesh(const Mesh& mesh, const RowDecomposition& decomposition) {
  Mesh own = mesh;
  own.ny = decomposition.own().count();
  return own;
}

}  // namespace spinsweep::micromagnetics
