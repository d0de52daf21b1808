#pragma once

#include <cstddef>
#include <vector>

#include "base/aligned_vector.hpp"
#include "micromagnetics/row_decomposition.hpp"

namespace spinsweep::micromagnetics {

/// Carries the spectra of rows of a vector field from the ranks that have the rows to ranks that have some of the
/// frequencies of every row, and back: what lies between the transforms along and across the track when several ranks
/// share it. Each rank has as many whole blocks of frequencies as the others, or one less. Complex numbers are pairs of
/// doubles.
class SpectrumTransposition {
 public:
  /// frequencies: of a row, a multiple of block. to_columns() and to_rows() are collective, this is not.
  SpectrumTransposition(const RowDecomposition& decomposition, std::size_t frequencies, std::size_t block);

  /// This rank's first frequency, and how many it has.
  [[nodiscard]] std::size_t first_frequency() const { return first_of_[rank_]; }
  [[nodiscard]] std::size_t own_frequencies() const { return first_of_[rank_ + 1] - first_of_[rank_]; }

  /// Takes the spectrum of one of this rank's own rows, the first of which is 0.
  void put_row(std::size_t component, std::size_t row, const double* spectrum);
  void to_columns();
  /// This rank's own frequencies of any row of the mesh: begins at columns() + 2 * place(component, row).
  [[nodiscard]] double* columns() { return columns_.data(); }
  [[nodiscard]] std::size_t place(std::size_t component, int row) const;
  void to_rows();
  /// The opposite of put_row().
  void get_row(std::size_t component, std::size_t row, double* spectrum) const;

 private:
  template <class Use>
  void for_each_part(std::size_t component, std::size_t row, Use use) const;

  RowDecomposition decomposition_;
  std::size_t rank_;
  std::vector<std::size_t> first_of_;  ///< of each rank: its first frequency; and the end
  /// In doubles, of each rank: what this rank exchanges with it, before and after the transposition.
  std::vector<int> row_counts_;
  std::vector<int> row_offsets_;
  std::vector<int> column_counts_;
  std::vector<int> column_offsets_;
  AlignedVector<double> rows_;     ///< [rank][component][own row][frequency of that rank]
  AlignedVector<double> columns_;  ///< [rank][component][row of that rank][own frequency]
};

}  // namespace spinsweep::micromagnetics
