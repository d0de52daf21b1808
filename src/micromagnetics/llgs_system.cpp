#include "micromagnetics/llgs_system.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "micromagnetics/derivative_pass.hpp"

namespace spinsweep::micromagnetics {

namespace {

AlignedVector<double> count_magnetic_neighbours(const Mesh& mesh, const FieldLayout& layout, const Mask& mask) {
  const auto magnetic = [&](int i, int j) {
    const bool inside = i >= 0 && i < mesh.nx && j >= 0 && j < mesh.ny;
    return inside &&
           mask[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i)] != 0;
  };
  AlignedVector<double> neighbours(layout.component_size(), 0.0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      if (magnetic(i, j)) {
        neighbours[layout.index(i, j)] = static_cast<int>(magnetic(i + 1, j)) + static_cast<int>(magnetic(i - 1, j)) +
                                         static_cast<int>(magnetic(i, j + 1)) + static_cast<int>(magnetic(i, j - 1));
      }
    }
  }
  return neighbours;
}

}  // namespace

LlgsSystem::LlgsSystem(const Material& material, const Mesh& mesh, Mask mask, std::shared_ptr<DemagField> demag)
    : material_(material),
      mesh_(mesh),
      layout_(mesh),
      mask_(std::move(mask)),
      demag_(std::move(demag)),
      local_field_{
          {ExchangeField(material, mesh), AnisotropyField(material), DmiField(material, mesh), UniformField{}}},
      torque_(material, mesh.dz) {
  if (mesh.dx != mesh.dy) {
    throw InputError("the cells of a track must be square in the film plane");
  }
  if (mask_.size() != mesh.cells()) {
    throw InputError("the mask has " + std::to_string(mask_.size()) + " cells, the mesh " +
                     std::to_string(mesh.cells()));
  }
  magnetic_cells_ = static_cast<std::size_t>(std::count(mask_.begin(), mask_.end(), 1));
  if (magnetic_cells_ == 0) {
    throw InputError("the track has no magnetic cell");
  }
  neighbours_ = count_magnetic_neighbours(mesh, layout_, mask_);
  scratch_.assign(layout_.size(), 0.0);
}

void LlgsSystem::demagnetizing_field(std::span<const double> m, std::span<double> field) {
  demag_->compute(m, field);
}

void LlgsSystem::update_demagnetizing_field(Columns columns, std::span<const double> m_before,
                                            std::span<const double> m, std::span<const double> field,
                                            std::span<double> updated) {
  if (columns.count() == mesh_.nx) {
    demag_->compute(m, updated);
  } else {
    demag_->update(columns, m_before.data(), m.data(), field.data(), updated.data());
  }
}

void LlgsSystem::derivative(std::span<const double> m, std::span<double> dmdt) {
  demagnetizing_field(m, scratch_);
  std::fill(dmdt.begin(), dmdt.end(), 0.0);
  double* result = dmdt.data();
  const double* field = scratch_.data();
  for_each_derivative(*this, m.data(), {{field, field, field}, {1.0, 0.0, 0.0}},
                      [result](std::size_t k, std::size_t size, const BasicVector3<Pack>& derivative) {
                        store(derivative.x, result + k);
                        store(derivative.y, result + k + size);
                        store(derivative.z, result + k + 2 * size);
                      });
}

Energies LlgsSystem::energies(std::span<const double> m) {
  demagnetizing_field(m, scratch_);
  const std::size_t row = layout_.row_stride();
  const std::size_t size = layout_.component_size();
  const double* mx = m.data();
  const double* my = mx + size;
  const double* mz = my + size;
  const auto load_one = [](const double* from) { return *from; };
  const auto& exchange = local_field_.get<ExchangeField>();
  const auto& dmi = local_field_.get<DmiField>();
  const auto& applied = local_field_.get<UniformField>();
  double exchange_sum = 0.0;
  double perpendicular_sum = 0.0;
  double dmi_sum = 0.0;
  double demag_sum = 0.0;
  double applied_sum = 0.0;
  for (int j = 0; j < mesh_.ny; ++j) {
    for (int i = 0; i < mesh_.nx; ++i) {
      const std::size_t k = layout_.index(i, j);
      const Stencil stencil = stencil_at(load_one, mx, my, mz, neighbours_.data(), k, row);
      exchange_sum += dot(stencil.centre, exchange.field(stencil));
      perpendicular_sum += stencil.centre.x * stencil.centre.x + stencil.centre.y * stencil.centre.y;
      dmi_sum += dot(stencil.centre, dmi.field(stencil));
      demag_sum += dot(stencil.centre, Vector3{scratch_[k], scratch_[k + size], scratch_[k + 2 * size]});
      applied_sum += dot(stencil.centre, applied.applied);
    }
  }
  // A term quadratic in m has the energy -mu0 Ms/2 m.H per volume, the applied field twice that. 1 - mz^2 is summed as
  // mx^2 + my^2, which is zero without rounding in a uniform domain.
  const double field_energy = constants::vacuum_permeability * material_.saturation_magnetization * mesh_.cell_volume();
  return {-0.5 * field_energy * exchange_sum, material_.anisotropy * mesh_.cell_volume() * perpendicular_sum,
          -0.5 * field_energy * dmi_sum, -0.5 * field_energy * demag_sum, -field_energy * applied_sum};
}

Vector3 LlgsSystem::mean_magnetization(std::span<const double> m) const {
  const auto component_sum = [&](std::size_t component) {
    const auto values = m.subspan(component * layout_.component_size(), layout_.component_size());
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  return (1.0 / static_cast<double>(magnetic_cells_)) * Vector3{component_sum(0), component_sum(1), component_sum(2)};
}

bool normalize(const FieldLayout& layout, Columns columns, std::span<double> m) {
  const std::size_t size = layout.component_size();
  double* mx = m.data();
  double* my = mx + size;
  double* mz = my + size;
  double sum = 0.0;
  for (int j = 0; j < layout.ny(); ++j) {
    const std::size_t end = layout.index(columns.end, j);
#pragma omp simd reduction(+ : sum)
    for (std::size_t k = layout.index(columns.begin, j); k < end; ++k) {
      const double square = mx[k] * mx[k] + my[k] * my[k] + mz[k] * mz[k];
      const double scale = square > 0.0 ? 1.0 / std::sqrt(square) : 1.0;
      mx[k] *= scale;
      my[k] *= scale;
      mz[k] *= scale;
      sum += square;
    }
  }
  return std::isfinite(sum);
}

bool normalize(const FieldLayout& layout, std::span<double> m) {
  return normalize(layout, {0, layout.nx()}, m);
}

}  // namespace spinsweep::micromagnetics
