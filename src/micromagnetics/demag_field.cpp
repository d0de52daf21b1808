#include "micromagnetics/demag_field.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.hpp"
#include "micromagnetics/newell.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// Columns transformed together: 3 components x 128 padded rows x 8 columns of complex numbers are 49 kB.
constexpr std::size_t block_columns = 8;

/// Length >= n for a fast transform: the smallest even number without a prime factor above 7, or the next power of two
/// if that is not much larger. With estimated plans 2 x 504 x 3 columns of 128 take 0.34 ms, columns of 100 take 0.59
/// ms.
std::size_t fast_size(std::size_t n) {
  constexpr double much_larger = 1.3;
  std::size_t size = std::max<std::size_t>(2, n + n % 2);
  for (;; size += 2) {
    std::size_t rest = size;
    for (const std::size_t prime : {2, 3, 5, 7}) {
      while (rest % prime == 0) {
        rest /= prime;
      }
    }
    if (rest == 1) {
      break;
    }
  }
  const std::size_t power = std::bit_ceil(size);
  return static_cast<double>(power) <= much_larger * static_cast<double>(size) ? power : size;
}

template <class Pointer>
Pointer allocated(Pointer memory) {
  if (memory == nullptr) {
    throw SimulationError("not enough memory for the transforms of the demagnetising field");
  }
  return memory;
}

}  // namespace

DemagField::DemagField(const Mesh& mesh, double saturation_magnetization, const RowStripes& stripes)
    : mesh_(mesh),
      saturation_magnetization_(saturation_magnetization),
      stripes_(stripes),
      layout_(stripe_of(mesh, stripes)),
      rows_(static_cast<std::size_t>(mesh.ny)),
      own_rows_(static_cast<std::size_t>(stripes.own().count())),
      padded_rows_(fast_size(2 * rows_ - 1)),
      padded_columns_(fast_size(2 * static_cast<std::size_t>(mesh.nx) - 1)),
      frequencies_((padded_columns_ / 2 + 1 + block_columns - 1) / block_columns * block_columns),
      own_frequencies_(frequencies_) {
  if (stripes.shared()) {
    transposition_ = std::make_unique<SpectrumTransposition>(stripes, frequencies_, block_columns);
    first_frequency_ = transposition_->first_frequency();
    own_frequencies_ = transposition_->own_frequencies();
  }
  row_.reset(allocated(fftw_alloc_real(padded_columns_)));
  spectrum_.reset(allocated(fftw_alloc_complex(spectrum_size())));
  block_.reset(allocated(fftw_alloc_complex(3 * padded_rows_ * block_columns)));
  place_rows();
  make_plans();
  make_kernel(mesh, saturation_magnetization);
}

std::size_t DemagField::spectrum_size() const {
  return transposition_ ? frequencies_ : 3 * rows_ * frequencies_;
}

void DemagField::place_rows() {
  row_spectra_ = transposition_ ? transposition_->columns() : &spectrum_[0][0];
  for (std::size_t component = 0; component < 3; ++component) {
    for (std::size_t j = 0; j < rows_; ++j) {
      row_places_.push_back(transposition_ ? transposition_->place(component, static_cast<int>(j))
                                           : (component * rows_ + j) * frequencies_);
    }
  }
}

void DemagField::make_plans() {
  const auto columns = static_cast<int>(padded_columns_);
  const auto rows = static_cast<int>(padded_rows_);
  constexpr int stride = block_columns;
  forward_row_.reset(fftw_plan_dft_r2c_1d(columns, row_.get(), spectrum_.get(), FFTW_ESTIMATE));
  backward_row_.reset(fftw_plan_dft_c2r_1d(columns, spectrum_.get(), row_.get(), FFTW_ESTIMATE));
  const fftw_iodim along_y{rows, stride, stride};
  const std::array<fftw_iodim, 2> batch = {fftw_iodim{3, rows * stride, rows * stride}, fftw_iodim{stride, 1, 1}};
  for (auto [plan, sign] : {std::pair{&forward_block_, FFTW_FORWARD}, std::pair{&backward_block_, FFTW_BACKWARD}}) {
    plan->reset(fftw_plan_guru_dft(1, &along_y, 2, batch.data(), block_.get(), block_.get(), sign, FFTW_ESTIMATE));
  }
  if (!forward_row_ || !backward_row_ || !forward_block_ || !backward_block_) {
    throw EnvironmentError("FFTW could not plan the transforms of the demagnetising field");
  }
  std::fill_n(&spectrum_[0][0], 2 * spectrum_size(), 0.0);
}

void DemagField::make_kernel(const Mesh& mesh, double saturation_magnetization) {
  const std::size_t half_columns = padded_columns_ / 2 + 1;
  const RealBuffer tensor(allocated(fftw_alloc_real(4 * padded_rows_ * padded_columns_)));
  const ComplexBuffer transformed(allocated(fftw_alloc_complex(padded_rows_ * half_columns)));
  const std::size_t plane = padded_rows_ * padded_columns_;
  std::fill_n(tensor.get(), 4 * plane, 0.0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const DemagTensor n = demag_tensor({mesh.dx, mesh.dy, mesh.dz}, i * mesh.dx, j * mesh.dy);
      for (const int sign_y : {1, -1}) {
        for (const int sign_x : {1, -1}) {
          const std::size_t row =
              sign_y > 0 || j == 0 ? static_cast<std::size_t>(j) : padded_rows_ - static_cast<std::size_t>(j);
          const std::size_t column =
              sign_x > 0 || i == 0 ? static_cast<std::size_t>(i) : padded_columns_ - static_cast<std::size_t>(i);
          double* entry = tensor.get() + row * padded_columns_ + column;
          entry[0] = n.xx;
          entry[plane] = n.yy;
          entry[2 * plane] = n.zz;
          entry[3 * plane] = sign_x * sign_y * n.xy;
        }
      }
    }
  }
  const std::size_t half_rows = padded_rows_ / 2 + 1;
  const double scale = -saturation_magnetization / static_cast<double>(plane);
  kernel_.assign(own_frequencies_ * half_rows * 4, 0.0);
  const std::size_t end_frequency = std::min(half_columns, first_frequency_ + own_frequencies_);
  for (std::size_t component = 0; component < 4; ++component) {
    const Plan plan(fftw_plan_dft_r2c_2d(static_cast<int>(padded_rows_), static_cast<int>(padded_columns_),
                                         tensor.get() + component * plane, transformed.get(), FFTW_ESTIMATE));
    fftw_execute(plan.get());
    for (std::size_t ky = 0; ky < half_rows; ++ky) {
      for (std::size_t kx = first_frequency_; kx < end_frequency; ++kx) {
        const std::size_t block = (kx - first_frequency_) / block_columns;
        kernel_[((block * half_rows + ky) * 4 + component) * block_columns + kx % block_columns] =
            scale * transformed[ky * half_columns + kx][0];
      }
    }
  }
}

void DemagField::compute(std::span<const double> m, std::span<double> field) {
  transform_rows(m);
  if (transposition_) {
    transposition_->to_columns();
  }
  for (std::size_t column = 0; column < own_frequencies_; column += block_columns) {
    convolve_columns(column);
  }
  if (transposition_) {
    transposition_->to_rows();
  }
  transform_rows_back(field);
}

DemagField& DemagField::block_of(int columns) {
  std::unique_ptr<DemagField>& block = blocks_[columns];
  if (!block) {
    Mesh mesh = mesh_;
    mesh.nx = columns;
    block = std::make_unique<DemagField>(mesh, saturation_magnetization_, stripes_);
    block->change_.assign(block->layout_.size(), 0.0);
    block->change_field_.assign(block->layout_.size(), 0.0);
  }
  return *block;
}

void DemagField::update(Columns columns, const double* m_before, const double* m, const double* field,
                        double* updated) {
  DemagField& block = block_of(columns.count());
  const auto count = static_cast<std::size_t>(columns.count());
  const auto for_each_row = [&](auto use) {
    for (std::size_t component = 0; component < 3; ++component) {
      for (int j = 0; j < layout_.ny(); ++j) {
        use(component * layout_.component_size() + layout_.index(columns.begin, j),
            component * block.layout_.component_size() + block.layout_.index(0, j));
      }
    }
  };
  for_each_row([&](std::size_t here, std::size_t in_block) {
    for (std::size_t i = 0; i < count; ++i) {
      block.change_[in_block + i] = m[here + i] - m_before[here + i];
    }
  });
  block.compute(block.change_, block.change_field_);
  for_each_row([&](std::size_t here, std::size_t in_block) {
    for (std::size_t i = 0; i < count; ++i) {
      updated[here + i] = field[here + i] + block.change_field_[in_block + i];
    }
  });
}

void DemagField::transform_rows(std::span<const double> m) {
  const auto columns = static_cast<std::size_t>(layout_.nx());
  for (std::size_t component = 0; component < 3; ++component) {
    for (std::size_t j = 0; j < own_rows_; ++j) {
      const double* source = m.data() + component * layout_.component_size() + layout_.index(0, static_cast<int>(j));
      std::copy_n(source, columns, row_.get());
      std::fill(row_.get() + columns, row_.get() + padded_columns_, 0.0);
      fftw_complex* spectrum = spectrum_.get() + (transposition_ ? 0 : (component * rows_ + j) * frequencies_);
      fftw_execute_dft_r2c(forward_row_.get(), row_.get(), spectrum);
      if (transposition_) {
        transposition_->put_row(component, j, &spectrum[0][0]);
      }
    }
  }
}

void DemagField::convolve_columns(std::size_t first_column) {
  const std::size_t component_size = padded_rows_ * block_columns;
  for (std::size_t component = 0; component < 3; ++component) {
    fftw_complex* target = block_.get() + component * component_size;
    for (std::size_t j = 0; j < rows_; ++j) {
      const double* source = row_spectra_ + 2 * (row_places_[component * rows_ + j] + first_column);
      std::copy_n(source, 2 * block_columns, &target[j * block_columns][0]);
    }
    std::fill_n(&target[rows_ * block_columns][0], 2 * (padded_rows_ - rows_) * block_columns, 0.0);
  }
  fftw_execute(forward_block_.get());
  const std::size_t half_rows = padded_rows_ / 2 + 1;
  const double* kernel = kernel_.data() + first_column * half_rows * 4;
  double* x = &block_[0][0];
  double* y = x + 2 * component_size;
  double* z = y + 2 * component_size;
  for (std::size_t ky = 0; ky < padded_rows_; ++ky) {
    const bool mirrored = ky >= half_rows;
    const double* n = kernel + (mirrored ? padded_rows_ - ky : ky) * 4 * block_columns;
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
  fftw_execute(backward_block_.get());
  for (std::size_t component = 0; component < 3; ++component) {
    const fftw_complex* source = block_.get() + component * component_size;
    for (std::size_t j = 0; j < rows_; ++j) {
      double* target = row_spectra_ + 2 * (row_places_[component * rows_ + j] + first_column);
      std::copy_n(&source[j * block_columns][0], 2 * block_columns, target);
    }
  }
}

void DemagField::transform_rows_back(std::span<double> field) {
  const auto columns = static_cast<std::size_t>(layout_.nx());
  std::fill(field.begin(), field.end(), 0.0);
  for (std::size_t component = 0; component < 3; ++component) {
    for (std::size_t j = 0; j < own_rows_; ++j) {
      fftw_complex* spectrum = spectrum_.get() + (transposition_ ? 0 : (component * rows_ + j) * frequencies_);
      if (transposition_) {
        transposition_->get_row(component, j, &spectrum[0][0]);
      }
      fftw_execute_dft_c2r(backward_row_.get(), spectrum, row_.get());
      double* target = field.data() + component * layout_.component_size() + layout_.index(0, static_cast<int>(j));
      std::copy_n(row_.get(), columns, target);
    }
  }
}

}  // namespace spinsweep::micromagnetics
