#include "micromagnetics/spectrum_transposition.hpp"

#include <algorithm>
#include <limits>

#include "base/error.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// MPI counts in int.
int checked_count(std::size_t count) {
  if (count > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw EnvironmentError("the mesh is too large for MPI to transpose on so few ranks");
  }
  return static_cast<int>(count);
}

}  // namespace

SpectrumTransposition::SpectrumTransposition(const RowDecomposition& decomposition, std::size_t frequencies,
                                             std::size_t block)
    : decomposition_(decomposition), rank_(static_cast<std::size_t>(decomposition.rank())) {
  const auto ranks = static_cast<std::size_t>(decomposition.ranks());
  const auto rows_of = [&](std::size_t rank) {
    return static_cast<std::size_t>(decomposition.of(static_cast<int>(rank)).count());
  };
  for (std::size_t rank = 0; rank <= ranks; ++rank) {
    first_of_.push_back(frequencies / block * rank / ranks * block);
  }
  constexpr std::size_t doubles = std::size_t{3} * 2;
  std::size_t in_rows = 0;
  std::size_t in_columns = 0;
  for (std::size_t rank = 0; rank < ranks; ++rank) {
    const std::size_t sent = doubles * rows_of(rank_) * (first_of_[rank + 1] - first_of_[rank]);
    const std::size_t received = doubles * rows_of(rank) * own_frequencies();
    row_offsets_.push_back(checked_count(in_rows));
    row_counts_.push_back(checked_count(sent));
    column_offsets_.push_back(checked_count(in_columns));
    column_counts_.push_back(checked_count(received));
    in_rows += sent;
    in_columns += received;
  }
  rows_.assign(in_rows, 0.0);
  columns_.assign(in_columns, 0.0);
}

template <class Use>
void SpectrumTransposition::for_each_part(std::size_t component, std::size_t row, Use use) const {
  const auto rows = static_cast<std::size_t>(decomposition_.own().count());
  for (std::size_t rank = 0; rank + 1 < first_of_.size(); ++rank) {
    const std::size_t first = first_of_[rank];
    const std::size_t count = first_of_[rank + 1] - first;
    use(2 * first, static_cast<std::size_t>(row_offsets_[rank]) + 2 * (component * rows + row) * count, 2 * count);
  }
}

void SpectrumTransposition::put_row(std::size_t component, std::size_t row, const double* spectrum) {
  for_each_part(component, row, [&](std::size_t in_spectrum, std::size_t in_buffer, std::size_t count) {
    std::copy_n(spectrum + in_spectrum, count, rows_.data() + in_buffer);
  });
}

void SpectrumTransposition::get_row(std::size_t component, std::size_t row, double* spectrum) const {
  for_each_part(component, row, [&](std::size_t in_spectrum, std::size_t in_buffer, std::size_t count) {
    std::copy_n(rows_.data() + in_buffer, count, spectrum + in_spectrum);
  });
}

std::size_t SpectrumTransposition::place(std::size_t component, int row) const {
  int rank = 0;
  while (row >= decomposition_.of(rank).end) {
    ++rank;
  }
  const Rows there = decomposition_.of(rank);
  const std::size_t line =
      component * static_cast<std::size_t>(there.count()) + static_cast<std::size_t>(row - there.begin);
  return static_cast<std::size_t>(column_offsets_[static_cast<std::size_t>(rank)]) / 2 + line * own_frequencies();
}

void SpectrumTransposition::to_columns() {
  MPI_Alltoallv(rows_.data(), row_counts_.data(), row_offsets_.data(), MPI_DOUBLE, columns_.data(),
                column_counts_.data(), column_offsets_.data(), MPI_DOUBLE, decomposition_.group()->get());
}

void SpectrumTransposition::to_rows() {
  MPI_Alltoallv(columns_.data(), column_counts_.data(), column_offsets_.data(), MPI_DOUBLE, rows_.data(),
                row_counts_.data(), row_offsets_.data(), MPI_DOUBLE, decomposition_.group()->get());
}

}  // namespace spinsweep::micromagnetics
