#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "micromagnetics/fftw_handles.hpp"

namespace spinsweep::micromagnetics {

/// The part of the demagnetising field's convolution between the transforms along the track and those back: for a few
/// frequencies at a time, while these are in the cache, the transforms across the track, the product with the
/// transformed tensor, and the transforms back.
///
/// Up to 128 rows FFTW transforms columns in one pass, wherever their numbers lie, and columns stay side by side as
/// they come. Longer ones are laid one after the other: that takes half the time for 800 rows (docs/decisions/0017).
class ColumnConvolution {
 public:
  /// Frequencies transformed together: 3 components x 128 padded rows x 8 columns of complex numbers are 49 kB.
  static constexpr std::size_t block_columns = 8;

  /// rows: of the mesh; padded_rows: of the convolution, even; frequencies: of this rank, a multiple of block_columns.
  ColumnConvolution(std::size_t rows, std::size_t padded_rows, std::size_t frequencies);

  /// A component (xx, yy, zz, xy) of the transformed tensor, A/m. It is real: xx, yy and zz are even along both axes,
  /// xy is odd along both, so that frequencies ky across the track are needed up to the middle only.
  void set_tensor(std::size_t component, std::size_t ky, std::size_t frequency, double value);

  /// Replaces the spectra of rows of the magnetisation by those of the field, at block_columns frequencies from that
  /// one on. spectra: pairs of numbers; row_places: [component][row], where in them frequency 0 of the row lies, in
  /// complex numbers.
  void convolve(std::size_t first_frequency, double* spectra, std::span<const std::size_t> row_places);

 private:
  void gather(const double* spectra, std::span<const std::size_t> row_places);
  void scatter(double* spectra, std::span<const std::size_t> row_places) const;
  void multiply_side_by_side(const double* tensor);
  void multiply_one_after_the_other(const double* tensor);

  std::size_t rows_;
  std::size_t padded_rows_;
  std::size_t half_rows_;       ///< of the tensor
  bool side_by_side_;           ///< the columns of a block
  std::size_t row_step_;        ///< from row to row of a column, in complex numbers
  std::size_t column_step_;     ///< from column to column of a block
  std::size_t component_step_;  ///< from component to component
  /// [block of frequencies][ky][component][column] side by side, else [frequency][component][ky].
  std::vector<double> tensor_;
  FftwComplexes block_;
  FftwPlan forward_;
  FftwPlan backward_;
};

}  // namespace spinsweep::micromagnetics
