#include "micromagnetics/column_convolution.hpp"

#include <algorithm>
#include <array>

namespace spinsweep::micromagnetics {

namespace {

constexpr std::size_t longest_side_by_side = 128;
/// Padding between consecutive columns, in complex numbers: without it columns a power of two long would compete for
/// the same cache lines.
constexpr std::size_t gap = 8;

}  // namespace

ColumnConvolution::ColumnConvolution(std::size_t rows, std::size_t padded_rows, std::size_t frequencies)
    : rows_(rows),
      padded_rows_(padded_rows),
      half_rows_(padded_rows / 2 + 1),
      side_by_side_(padded_rows <= longest_side_by_side),
      row_step_(side_by_side_ ? block_columns : 1),
      column_step_(side_by_side_ ? 1 : padded_rows + gap),
      component_step_(side_by_side_ ? padded_rows * block_columns : column_step_ * block_columns),
      tensor_(4 * half_rows_ * frequencies, 0.0),
      block_(allocated(fftw_alloc_complex(3 * component_step_))) {
  const auto along_y =
      fftw_iodim{static_cast<int>(padded_rows_), static_cast<int>(row_step_), static_cast<int>(row_step_)};
  const auto component = static_cast<int>(component_step_);
  const auto column = static_cast<int>(column_step_);
  const std::array<fftw_iodim, 2> batch = {fftw_iodim{3, component, component},
                                           fftw_iodim{static_cast<int>(block_columns), column, column}};
  for (auto [plan, sign] : {std::pair{&forward_, FFTW_FORWARD}, std::pair{&backward_, FFTW_BACKWARD}}) {
    *plan = planned(fftw_plan_guru_dft(1, &along_y, 2, batch.data(), block_.get(), block_.get(), sign, FFTW_ESTIMATE));
  }
}

void ColumnConvolution::set_tensor(std::size_t component, std::size_t ky, std::size_t frequency, double value) {
  const std::size_t block = frequency / block_columns;
  const std::size_t column = frequency % block_columns;
  tensor_[side_by_side_ ? ((block * half_rows_ + ky) * 4 + component) * block_columns + column
                        : (frequency * 4 + component) * half_rows_ + ky] = value;
}

void ColumnConvolution::convolve(std::size_t first_frequency, double* spectra,
                                 std::span<const std::size_t> row_places) {
  double* from_first = spectra + 2 * first_frequency;
  const double* tensor = tensor_.data() + 4 * half_rows_ * first_frequency;
  gather(from_first, row_places);
  fftw_execute(forward_.get());
  if (side_by_side_) {
    multiply_side_by_side(tensor);
  } else {
    multiply_one_after_the_other(tensor);
  }
  fftw_execute(backward_.get());
  scatter(from_first, row_places);
}

void ColumnConvolution::gather(const double* spectra, std::span<const std::size_t> row_places) {
  for (std::size_t component = 0; component < 3; ++component) {
    fftw_complex* target = block_.get() + component * component_step_;
    for (std::size_t j = 0; j < rows_; ++j) {
      const double* source = spectra + 2 * row_places[component * rows_ + j];
      if (side_by_side_) {
        std::copy_n(source, 2 * block_columns, &target[j * block_columns][0]);
        continue;
      }
      for (std::size_t k = 0; k < block_columns; ++k) {
        std::copy_n(source + 2 * k, 2, &target[k * column_step_ + j][0]);
      }
    }
    const std::size_t padding = 2 * (padded_rows_ - rows_);
    if (side_by_side_) {
      std::fill_n(&target[rows_ * block_columns][0], padding * block_columns, 0.0);
      continue;
    }
    for (std::size_t k = 0; k < block_columns; ++k) {
      std::fill_n(&target[k * column_step_ + rows_][0], padding, 0.0);
    }
  }
}

void ColumnConvolution::scatter(double* spectra, std::span<const std::size_t> row_places) const {
  for (std::size_t component = 0; component < 3; ++component) {
    const fftw_complex* source = block_.get() + component * component_step_;
    for (std::size_t j = 0; j < rows_; ++j) {
      double* target = spectra + 2 * row_places[component * rows_ + j];
      if (side_by_side_) {
        std::copy_n(&source[j * block_columns][0], 2 * block_columns, target);
        continue;
      }
      for (std::size_t k = 0; k < block_columns; ++k) {
        std::copy_n(&source[k * column_step_ + j][0], 2, target + 2 * k);
      }
    }
  }
}

void ColumnConvolution::multiply_side_by_side(const double* tensor) {
  double* x = &block_[0][0];
  double* y = x + 2 * component_step_;
  double* z = y + 2 * component_step_;
  for (std::size_t ky = 0; ky < padded_rows_; ++ky) {
    const bool mirrored = ky >= half_rows_;
    const double* n = tensor + (mirrored ? padded_rows_ - ky : ky) * 4 * block_columns;
    const double sign_xy = mirrored ? -1.0 : 1.0;
    for (std::size_t k = 0; k < block_columns; ++k) {
      const double xx = n[k];
      const double yy = n[k + block_columns];
      const double zz = n[k + 2 * block_columns];
      const double xy = sign_xy * n[k + 3 * block_columns];
      for (std::size_t part = 2 * (ky * block_columns + k); part < 2 * (ky * block_columns + k) + 2; ++part) {
        const double mx = x[part];
        const double my = y[part];
        x[part] = xx * mx + xy * my;
        y[part] = xy * mx + yy * my;
        z[part] *= zz;
      }
    }
  }
}

void ColumnConvolution::multiply_one_after_the_other(const double* tensor) {
  for (std::size_t column = 0; column < block_columns; ++column) {
    const double* xx = tensor + 4 * half_rows_ * column;
    const double* yy = xx + half_rows_;
    const double* zz = yy + half_rows_;
    const double* xy = zz + half_rows_;
    double* x = &block_[column * column_step_][0];
    double* y = x + 2 * component_step_;
    double* z = y + 2 * component_step_;
    const auto multiply = [=](std::size_t ky, std::size_t in_tensor, double sign_xy) {
      for (std::size_t part = 2 * ky; part < 2 * ky + 2; ++part) {
        const double mx = x[part];
        const double my = y[part];
        x[part] = xx[in_tensor] * mx + sign_xy * xy[in_tensor] * my;
        y[part] = sign_xy * xy[in_tensor] * mx + yy[in_tensor] * my;
        z[part] *= zz[in_tensor];
      }
    };
    for (std::size_t ky = 0; ky < half_rows_; ++ky) {
      multiply(ky, ky, 1.0);
    }
    for (std::size_t ky = half_rows_; ky < padded_rows_; ++ky) {
      multiply(ky, padded_rows_ - ky, -1.0);
    }
  }
}

}  // namespace spinsweep::micromagnetics
