#include "micromagnetics/llgs_system.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/vector_pack.hpp"

namespace spinsweep::micromagnetics {

namespace {

AlignedVector<double> count_magnetic_neighbours(const Mesh& mesh, Rows rows, const FieldLayout& layout,
                                                const Mask& mask) {
  const auto magnetic = [&](int i, int j) {
    const bool inside = i >= 0 && i < mesh.nx && j >= 0 && j < mesh.ny;
    return inside &&
           mask[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i)] != 0;
  };
  AlignedVector<double> neighbours(layout.component_size(), 0.0);
  for (int j = rows.begin; j < rows.end; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      if (magnetic(i, j)) {
        neighbours[layout.index(i, j - rows.begin)] =
            static_cast<int>(magnetic(i + 1, j)) + static_cast<int>(magnetic(i - 1, j)) +
            static_cast<int>(magnetic(i, j + 1)) + static_cast<int>(magnetic(i, j - 1));
      }
    }
  }
  return neighbours;
}

}  // namespace

LlgsSystem::LlgsSystem(Film film, std::shared_ptr<DemagField> demag)
    : material_(film.material),
      mesh_(film.mesh),
      layout_(own_mesh(mesh_, demag->decomposition())),
      mask_(std::move(film.mask)),
      demag_(std::move(demag)),
      local_field_(material_, mesh_),
      torque_(material_, mesh_.dz),
      ghost_rows_(layout_, decomposition()) {
  const Mesh& mesh = mesh_;
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
  if (film.maps) {
    local_materials_ = std::make_unique<LocalMaterials>(*film.maps, material_, mesh, mask_, decomposition());
  }
  if (film.current || material_.spin_transfer.exists()) {
    local_torques_ = std::make_unique<LocalTorques>(film.current.get(), local_materials_.get(), material_, mesh, mask_,
                                                    decomposition());
  }
  decomposition().collectively([&] {
    if (local_materials_ && local_materials_->is_varied()) {
      moments_.assign(layout_.size(), 0.0);
      moments_before_.assign(layout_.size(), 0.0);
    }
    neighbours_ = count_magnetic_neighbours(mesh, decomposition().own(), layout_, mask_);
    scratch_.assign(layout_.size(), 0.0);
    extended_.assign(decomposition().shared() ? layout_.size() : 0, 0.0);
  });
}

void LlgsSystem::demagnetizing_field(std::span<const double> m, std::span<double> field) {
  demag_->compute(as_moments(m, moments_), field);
}

std::span<const double> LlgsSystem::as_moments(std::span<const double> m, AlignedVector<double>& buffer) const {
  if (!local_materials_ || !local_materials_->is_varied()) {
    return m;
  }
  const auto moment = local_materials_->moment();
  for (std::size_t first = 0; first < m.size(); first += moment.size()) {
    const auto component = m.subspan(first, moment.size());
    std::ranges::transform(moment, component, buffer.begin() + static_cast<std::ptrdiff_t>(first), std::multiplies());
  }
  return buffer;
}

void LlgsSystem::update_demagnetizing_field(Columns columns, std::span<const double> m_before,
                                            std::span<const double> m, std::span<const double> field,
                                            std::span<double> updated) {
  if (columns.count() == mesh_.nx) {
    demag_->compute(as_moments(m, moments_), updated);
  } else {
    demag_->update(columns, as_moments(m_before, moments_before_).data(), as_moments(m, moments_).data(), field.data(),
                   updated.data());
  }
}

const double* LlgsSystem::with_ghost_rows(std::span<const double> m) {
  if (!decomposition().shared()) {
    return m.data();
  }
  std::copy(m.begin(), m.end(), extended_.begin());
  ghost_rows_.exchange(extended_.data(), {0, layout_.nx()});
  return extended_.data();
}

void LlgsSystem::derivative(std::span<const double> m, std::span<double> dmdt, double time) {
  demagnetizing_field(m, scratch_);
  std::fill(dmdt.begin(), dmdt.end(), 0.0);
  double* result = dmdt.data();
  const double* field = scratch_.data();
  for_each_derivative(*this, torque_at(time), with_ghost_rows(m), {{field, field, field}, {1.0, 0.0, 0.0}},
                      [result](std::size_t k, std::size_t size, const VectorPack& derivative) {
                        store_vectors(derivative, result, k, size);
                      });
}

Energies LlgsSystem::energies(std::span<const double> m) {
  demagnetizing_field(m, scratch_);
  const std::size_t row = layout_.row_stride();
  const std::size_t size = layout_.component_size();
  const double* mx = with_ghost_rows(m);
  const double* my = mx + size;
  const double* mz = my + size;
  const auto load_one = [](const double* from) { return *from; };
  const auto add_own_rows = [&](Energies& sums) {
    for (int j = 0; j < layout_.ny(); ++j) {
      for (int i = 0; i < layout_.nx(); ++i) {
        const std::size_t k = layout_.index(i, j);
        const Stencil stencil = stencil_at(load_one, mx, my, mz, neighbours_.data(), k, row);
        add_energies(stencil, k, {scratch_[k], scratch_[k + size], scratch_[k + 2 * size]}, sums);
      }
    }
  };
  return in_joule(decomposition().sum_in_order<energy_terms.size()>(add_own_rows));
}

void LlgsSystem::add_energies(const Stencil& cell, std::size_t k, const Vector3& demagnetization,
                              Energies& sums) const {
  if (!local_materials_) {
    add_reduced_energies(local_field_, cell, demagnetization, sums);
  } else {
    const auto local = local_materials_->varied().at<double>(k, layout_.row_stride());
    add_energies_as_fields(local_field_, material_, cell, local, local_materials_->moment()[k], demagnetization, sums);
  }
}

Vector3 LlgsSystem::energy_gradient_field(const Stencil& cell, std::size_t k, const Vector3& demagnetization) const {
  if (!local_materials_) {
    return local_field_.add_field(cell, demagnetization);
  }
  const auto local = local_materials_->varied().at<double>(k, layout_.row_stride());
  return local_materials_->moment()[k] * local_field_.add_field(cell, local, demagnetization);
}

Energies LlgsSystem::in_joule(Energies sums) const {
  if (local_materials_) {
    for (double& sum : sums) {
      sum *= constants::vacuum_permeability * material_.saturation_magnetization * mesh_.cell_volume();
    }
    return sums;
  }
  local_field_.for_each([&]<class Term>(const Term& /*term*/, std::size_t index) {
    sums[energy_index(index)] *= energy_constant<Term>(material_) * mesh_.cell_volume();
  });
  sums[demagnetization_index] *=
      -0.5 * constants::vacuum_permeability * material_.saturation_magnetization * mesh_.cell_volume();
  return sums;
}

Vector3 LlgsSystem::mean_magnetization(std::span<const double> m) const {
  const std::size_t row = layout_.row_stride();
  if (local_materials_ && local_materials_->is_varied()) {
    const auto share = local_materials_->share();
    const auto add_shares = [&](std::array<double, 4>& sums) {
      for (std::size_t k = row; k < share.size() - row; ++k) {
        for (std::size_t component = 0; component < 3; ++component) {
          sums[component] += share[k] * m[component * layout_.component_size() + k];
        }
        sums[3] += share[k];
      }
    };
    const std::array<double, 4> sums = decomposition().sum_in_order<4>(add_shares);
    return (1.0 / sums[3]) * Vector3{sums[0], sums[1], sums[2]};
  }
  const auto add_own_rows = [&](std::array<double, 3>& sums) {
    for (std::size_t component = 0; component < 3; ++component) {
      // Own rows only: the ghost rows above and below may hold those of other ranks.
      const auto values = m.subspan(component * layout_.component_size() + row, layout_.component_size() - 2 * row);
      sums[component] = std::accumulate(values.begin(), values.end(), sums[component]);
    }
  };
  const std::array<double, 3> sums = decomposition().sum_in_order<3>(add_own_rows);
  return (1.0 / static_cast<double>(magnetic_cells_)) * Vector3{sums[0], sums[1], sums[2]};
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
