#include "fftw_mpi_transforms.hpp"

#include <algorithm>
#include <cstddef>

namespace spinsweep {

using micromagnetics::allocated;
using micromagnetics::planned;

FftwMpiTransforms::FftwMpiTransforms(int nx, int ny, const parallel::Communicator& world) {
  fftw_mpi_init();
  const std::ptrdiff_t columns = std::ptrdiff_t{2} * nx;
  const std::ptrdiff_t rows = std::ptrdiff_t{2} * ny;
  std::ptrdiff_t own_columns = 0;
  std::ptrdiff_t first_column = 0;
  std::ptrdiff_t own_frequencies = 0;
  std::ptrdiff_t first_frequency = 0;
  const auto size = static_cast<std::size_t>(fftw_mpi_local_size_2d_transposed(
      columns, rows / 2 + 1, world.get(), &own_columns, &first_column, &own_frequencies, &first_frequency));
  values_.reset(allocated(fftw_alloc_real(2 * size)));
  spectrum_.reset(allocated(fftw_alloc_complex(size)));
  forward_ = planned(fftw_mpi_plan_dft_r2c_2d(columns, rows, values_.get(), spectrum_.get(), world.get(),
                                              FFTW_MEASURE | FFTW_MPI_TRANSPOSED_OUT));
  backward_ = planned(fftw_mpi_plan_dft_c2r_2d(columns, rows, spectrum_.get(), values_.get(), world.get(),
                                               FFTW_MEASURE | FFTW_MPI_TRANSPOSED_IN));
  // Planning leaves anything there, and forward and back again multiplies what is there by the number of cells.
  std::fill_n(values_.get(), 2 * size, 0.0);
  std::fill_n(&spectrum_[0][0], 2 * size, 0.0);
}

void FftwMpiTransforms::run() {
  for (int component = 0; component < 3; ++component) {
    fftw_execute(forward_.get());
    fftw_execute(backward_.get());
  }
}

}  // namespace spinsweep
