#include "micromagnetics/demag_field.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/interruption.hpp"

namespace spinsweep::micromagnetics {

namespace {

constexpr std::size_t block_columns = ColumnConvolution::block_columns;

/// Length >= n for a fast transform: the smallest even number without a prime factor above 7, or the next power of two
/// if that is not larger by more than that factor.
std::size_t fast_size(std::size_t n, double much_larger) {
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

/// Along the track. With estimated plans rows of 1024 take less time than rows of 1000.
std::size_t padded_columns_for(std::size_t columns) {
  return fast_size(2 * columns - 1, 1.3);
}

/// Across the track. FFTW transforms up to 128 numbers in one pass: with estimated plans 2 x 504 x 3 columns of 128
/// take 0.34 ms, columns of 100 take 0.59 ms. Beyond, fewer rows are less work everywhere.
std::size_t padded_rows_for(std::size_t rows) {
  constexpr std::size_t longest_of_one_pass = 128;
  return fast_size(2 * rows - 1, 2 * rows - 1 <= longest_of_one_pass ? 1.3 : 1.1);
}

}  // namespace

DemagField::DemagField(const Mesh& mesh, double saturation_magnetization, const RowDecomposition& decomposition,
                       TensorFunction tensor)
    : mesh_(mesh),
      saturation_magnetization_(saturation_magnetization),
      decomposition_(decomposition),
      tensor_(std::move(tensor)),
      layout_(own_mesh(mesh, decomposition)),
      rows_(static_cast<std::size_t>(mesh.ny)),
      own_rows_(static_cast<std::size_t>(decomposition.own().count())),
      padded_rows_(padded_rows_for(rows_)),
      padded_columns_(padded_columns_for(static_cast<std::size_t>(mesh.nx))),
      frequencies_((padded_columns_ / 2 + 1 + block_columns - 1) / block_columns * block_columns),
      own_frequencies_(frequencies_) {
  decomposition_.collectively([this] {
    if (decomposition_.shared()) {
      transposition_ = std::make_unique<SpectrumTransposition>(decomposition_, frequencies_, block_columns);
      first_frequency_ = transposition_->first_frequency();
      own_frequencies_ = transposition_->own_frequencies();
    }
    row_.reset(allocated(fftw_alloc_real(padded_columns_)));
    spectrum_.reset(allocated(fftw_alloc_complex(spectrum_size())));
    columns_ = std::make_unique<ColumnConvolution>(rows_, padded_rows_, own_frequencies_);
    place_rows();
    make_plans();
    make_kernel(mesh_, saturation_magnetization_);
  });
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
  forward_row_ = planned(fftw_plan_dft_r2c_1d(columns, row_.get(), spectrum_.get(), FFTW_ESTIMATE));
  backward_row_ = planned(fftw_plan_dft_c2r_1d(columns, spectrum_.get(), row_.get(), FFTW_ESTIMATE));
  std::fill_n(&spectrum_[0][0], 2 * spectrum_size(), 0.0);
}

void DemagField::make_kernel(const Mesh& mesh, double saturation_magnetization) {
  const std::size_t half_columns = padded_columns_ / 2 + 1;
  const FftwReals tensor(allocated(fftw_alloc_real(4 * padded_rows_ * padded_columns_)));
  const FftwComplexes transformed(allocated(fftw_alloc_complex(padded_rows_ * half_columns)));
  const std::size_t plane = padded_rows_ * padded_columns_;
  std::fill_n(tensor.get(), 4 * plane, 0.0);
  for (int j = 0; j < mesh.ny; ++j) {
    // On the largest meshes this takes minutes.
    if (interruption_requested()) {
      throw Interrupted();
    }
    for (int i = 0; i < mesh.nx; ++i) {
      const DemagTensor n = tensor_({mesh.dx, mesh.dy, mesh.dz}, i * mesh.dx, j * mesh.dy);
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
  const std::size_t end_frequency = std::min(half_columns, first_frequency_ + own_frequencies_);
  for (std::size_t component = 0; component < 4; ++component) {
    const FftwPlan plan =
        planned(fftw_plan_dft_r2c_2d(static_cast<int>(padded_rows_), static_cast<int>(padded_columns_),
                                     tensor.get() + component * plane, transformed.get(), FFTW_ESTIMATE));
    fftw_execute(plan.get());
    for (std::size_t ky = 0; ky < half_rows; ++ky) {
      for (std::size_t kx = first_frequency_; kx < end_frequency; ++kx) {
        columns_->set_tensor(component, ky, kx - first_frequency_, scale * transformed[ky * half_columns + kx][0]);
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
    columns_->convolve(column, row_spectra_, row_places_);
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
    auto whole = std::make_unique<DemagField>(mesh, saturation_magnetization_, decomposition_, tensor_);
    decomposition_.collectively([&whole] {
      whole->change_.assign(whole->layout_.size(), 0.0);
      whole->change_field_.assign(whole->layout_.size(), 0.0);
    });
    block = std::move(whole);
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
