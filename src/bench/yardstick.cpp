#include "bench/yardstick.hpp"

#include <fftw3.h>

#include <algorithm>

#include "bench/timing.hpp"
#include "micromagnetics/fftw_handles.hpp"

namespace spinsweep::bench {

namespace {

constexpr int columns = 1000;  // padded length of a row, which is what lies contiguous
constexpr int rows = 100;      // padded
constexpr int used_rows = rows / 2;
constexpr int frequencies = columns / 2 + 1;

using micromagnetics::allocated;
using micromagnetics::planned;
using Plan = micromagnetics::FftwPlan;

/// Three fields and their spectra.
struct Fields {
  static constexpr std::size_t real_size = std::size_t{rows} * columns;
  static constexpr std::size_t complex_size = std::size_t{rows} * frequencies;
  micromagnetics::FftwReals real{allocated(fftw_alloc_real(3 * real_size))};
  micromagnetics::FftwComplexes spectrum{allocated(fftw_alloc_complex(3 * complex_size))};

  /// To be called after planning, which overwrites both.
  void clear() const {
    std::fill_n(real.get(), 3 * real_size, 0.0);
    std::fill_n(&spectrum[0][0], 6 * complex_size, 0.0);
  }
};

double whole_seconds(const Fields& fields) {
  const Plan forward = planned(
      fftw_plan_dft_r2c_2d(rows, columns, fields.real.get(), fields.spectrum.get(), FFTW_MEASURE | FFTW_DESTROY_INPUT));
  const Plan backward = planned(
      fftw_plan_dft_c2r_2d(rows, columns, fields.spectrum.get(), fields.real.get(), FFTW_MEASURE | FFTW_DESTROY_INPUT));
  fields.clear();
  return median_seconds([&] {
    for (std::size_t k = 0; k < 3; ++k) {
      fftw_execute_dft_r2c(forward.get(), fields.real.get() + k * Fields::real_size,
                           fields.spectrum.get() + k * Fields::complex_size);
    }
    for (std::size_t k = 0; k < 3; ++k) {
      fftw_execute_dft_c2r(backward.get(), fields.spectrum.get() + k * Fields::complex_size,
                           fields.real.get() + k * Fields::real_size);
    }
  });
}

double pruned_seconds(const Fields& fields) {
  // Half the rows are transformed along x, all columns along y, in place.
  const fftw_iodim along_x{columns, 1, 1};
  const fftw_iodim row_batch_forward{used_rows, columns, frequencies};
  const fftw_iodim row_batch_backward{used_rows, frequencies, columns};
  const fftw_iodim along_y{rows, frequencies, frequencies};
  const fftw_iodim column_batch{frequencies, 1, 1};
  fftw_complex* spectrum = fields.spectrum.get();
  const Plan rows_forward = planned(fftw_plan_guru_dft_r2c(1, &along_x, 1, &row_batch_forward, fields.real.get(),
                                                           spectrum, FFTW_MEASURE | FFTW_DESTROY_INPUT));
  const Plan rows_backward = planned(fftw_plan_guru_dft_c2r(1, &along_x, 1, &row_batch_backward, spectrum,
                                                            fields.real.get(), FFTW_MEASURE | FFTW_DESTROY_INPUT));
  const Plan columns_forward =
      planned(fftw_plan_guru_dft(1, &along_y, 1, &column_batch, spectrum, spectrum, FFTW_FORWARD, FFTW_MEASURE));
  const Plan columns_backward =
      planned(fftw_plan_guru_dft(1, &along_y, 1, &column_batch, spectrum, spectrum, FFTW_BACKWARD, FFTW_MEASURE));
  fields.clear();
  return median_seconds([&] {
    for (std::size_t k = 0; k < 3; ++k) {
      fftw_complex* target = spectrum + k * Fields::complex_size;
      fftw_execute_dft_r2c(rows_forward.get(), fields.real.get() + k * Fields::real_size, target);
      fftw_execute_dft(columns_forward.get(), target, target);
    }
    for (std::size_t k = 0; k < 3; ++k) {
      fftw_complex* source = spectrum + k * Fields::complex_size;
      fftw_execute_dft(columns_backward.get(), source, source);
      fftw_execute_dft_c2r(rows_backward.get(), source, fields.real.get() + k * Fields::real_size);
    }
  });
}

}  // namespace

Yardstick yardstick() {
  // Measured once: the sections after the first compare themselves with the same number.
  static const Yardstick measured = [] {
    const Fields fields;
    const double whole = whole_seconds(fields);
    return Yardstick{whole, pruned_seconds(fields)};
  }();
  return measured;
}

std::vector<Row> measure_yardstick() {
  const Yardstick measured = yardstick();
  return {{"three forward, three inverse transforms", 1e3 * measured.whole, "ms"},
          {"the same, rows of padding skipped (pruned)", 1e3 * measured.pruned, "ms"}};
}

}  // namespace spinsweep::bench
