#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "micromagnetics/column_convolution.hpp"
#include "micromagnetics/columns.hpp"
#include "micromagnetics/fftw_handles.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/newell.hpp"
#include "micromagnetics/row_decomposition.hpp"
#include "micromagnetics/spectrum_transposition.hpp"

namespace spinsweep::micromagnetics {

/// Demagnetising field of one layer with open boundaries: the convolution of m with the cell-averaged tensor of
/// newell.hpp, by fast Fourier transforms on a mesh padded to twice its size (S. W. Yuan and H. N. Bertram, IEEE Trans.
/// Magn. 28, 2031 (1992)).
///
/// Transforms of rows that are only padding are skipped, and the transforms across the track, the product with the
/// tensor and the transforms back are done for a few columns at a time, while these are in the cache. The FFT plans are
/// FFTW's estimates, not its measurements: those differ from run to run, and with them the last bits of a result.
///
/// Several ranks can share the mesh: each transforms its own rows and convolves its own frequencies. The field is the
/// same as on one rank, to the bit. The functions are then collective, and vector fields are those of a rank's own
/// rows.
class DemagField {
 public:
  /// saturation_magnetization: A/m, that of every magnetic cell. Errors: SimulationError or Error if there is not
  /// enough memory, on all ranks that share the mesh.
  DemagField(const Mesh& mesh, double saturation_magnetization)
      : DemagField(mesh, saturation_magnetization, RowDecomposition(mesh.ny)) {}
  /// tensor: of two cells; replaced in tests by the tensor of another program.
  DemagField(const Mesh& mesh, double saturation_magnetization, const RowDecomposition& decomposition,
             TensorFunction tensor = demag_tensor);

  /// Which rank owns which rows of the mesh.
  [[nodiscard]] const RowDecomposition& decomposition() const { return decomposition_; }
  [[nodiscard]] double saturation_magnetization() const { return saturation_magnetization_; }  ///< A/m
  /// Of two cells.
  [[nodiscard]] const TensorFunction& tensor() const { return tensor_; }

  /// field = demagnetising field of m in A/m, in every cell of the mesh, magnetic or not, and zero in the ghosts. Both
  /// are vector fields in FieldLayout.
  void compute(std::span<const double> m, std::span<double> field);

  /// updated = field + the field of (m - m_before), in those columns only; the two magnetisations are not read
  /// elsewhere. The cost is proportional to the number of columns. The first call with a given number of columns plans
  /// the transforms and computes the tensor for it.
  void update(Columns columns, const double* m_before, const double* m, const double* field, double* updated);

 private:
  void make_plans();
  void make_kernel(const Mesh& mesh, double saturation_magnetization);
  [[nodiscard]] std::size_t spectrum_size() const;
  void place_rows();
  void transform_rows(std::span<const double> m);
  void transform_rows_back(std::span<double> field);

  /// The field of a block of that many columns.
  DemagField& block_of(int columns);

  Mesh mesh_;
  double saturation_magnetization_;
  RowDecomposition decomposition_;
  TensorFunction tensor_;
  FieldLayout layout_;                                    ///< of this rank's rows
  std::size_t rows_;                                      ///< of the mesh
  std::size_t own_rows_;                                  ///< this rank's
  std::size_t padded_rows_;                               ///< of the convolution
  std::size_t padded_columns_;                            ///< of the convolution
  std::size_t frequencies_;                               ///< along x, rounded up to whole blocks
  std::unique_ptr<SpectrumTransposition> transposition_;  ///< null if one rank has all rows
  std::size_t first_frequency_ = 0;                       ///< this rank's
  std::size_t own_frequencies_;
  FftwReals row_;                        ///< [padded_columns_]
  FftwComplexes spectrum_;               ///< [component][row][frequency]; of one row if several ranks share the mesh
  double* row_spectra_ = nullptr;        ///< own frequencies of all rows, pairs of numbers
  std::vector<std::size_t> row_places_;  ///< [component][row]: where in row_spectra_, in complex numbers
  FftwPlan forward_row_;
  FftwPlan backward_row_;
  std::unique_ptr<ColumnConvolution> columns_;         ///< at this rank's frequencies
  std::map<int, std::unique_ptr<DemagField>> blocks_;  ///< by their number of columns
  std::vector<double> change_;                         ///< of the magnetisation, in this field's layout
  std::vector<double> change_field_;                   ///< of the field, A/m
};

}  // namespace spinsweep::micromagnetics
