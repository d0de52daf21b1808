#include "micromagnetics/row_stripes.hpp"

#include <string>

#include "base/error.hpp"

namespace spinsweep::micromagnetics {

RowStripes::RowStripes(int rows, const parallel::Communicator& group)
    : rows_(rows), group_(group.size() > 1 ? &group : nullptr) {
  if (group.size() > rows) {
    throw InputError("a track of " + std::to_string(rows) + " rows of cells cannot be shared out among " +
                     std::to_string(group.size()) + " ranks: each needs a row");
  }
}

Rows RowStripes::of(int rank) const {
  const auto first_row_of = [this](std::int64_t r) { return static_cast<int>(rows_ * r / ranks()); };
  return {first_row_of(rank), first_row_of(rank + 1)};
}

double RowStripes::largest(double own) const {
  largest_of_each({&own, 1});
  return own;
}

void RowStripes::largest_of_each(std::span<double> own) const {
  if (shared()) {
    MPI_Allreduce(MPI_IN_PLACE, own.data(), static_cast<int>(own.size()), MPI_DOUBLE, MPI_MAX, group_->get());
  }
}

bool RowStripes::all(bool own) const {
  int result = own ? 1 : 0;
  if (shared()) {
    MPI_Allreduce(MPI_IN_PLACE, &result, 1, MPI_INT, MPI_MIN, group_->get());
  }
  return result == 1;
}

void RowStripes::receive_from_rank_before(std::span<double> numbers) const {
  if (rank() > 0) {
    MPI_Recv(numbers.data(), static_cast<int>(numbers.size()), MPI_DOUBLE, rank() - 1, 0, group_->get(),
             MPI_STATUS_IGNORE);
  }
}

void RowStripes::send_to_rank_after(std::span<const double> numbers) const {
  if (rank() + 1 < ranks()) {
    MPI_Send(numbers.data(), static_cast<int>(numbers.size()), MPI_DOUBLE, rank() + 1, 0, group_->get());
  }
}

void RowStripes::share_of_last_rank(std::span<double> numbers) const {
  if (shared()) {
    MPI_Bcast(numbers.data(), static_cast<int>(numbers.size()), MPI_DOUBLE, ranks() - 1, group_->get());
  }
}

Mesh stripe_of(const Mesh& mesh, const RowStripes& stripes) {
  Mesh stripe = mesh;
  stripe.ny = stripes.own().count();
  return stripe;
}

}  // namespace spinsweep::micromagnetics
