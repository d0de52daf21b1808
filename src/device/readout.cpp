#include "device/readout.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include "base/not_a_number.hpp"
#include "base/words.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::device {

namespace {

/// Mean m_z of the magnetic cells of each column; NaN where there are none.
std::vector<double> column_means(const micromagnetics::Mesh& mesh, const micromagnetics::Mask& mask,
                                 std::span<const double> m) {
  const micromagnetics::FieldLayout layout(mesh);
  std::vector<double> means;
  for (int i = 0; i < mesh.nx; ++i) {
    double sum = 0.0;
    int cells = 0;
    for (int j = 0; j < mesh.ny; ++j) {
      if (mask[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i)] != 0) {
        sum += m[2 * layout.component_size() + layout.index(i, j)];
        ++cells;
      }
    }
    means.push_back(cells > 0 ? sum / cells : not_a_number);
  }
  return means;
}

struct Domains {
  bool exist = false;
  std::vector<std::pair<int, int>> walls;  ///< the columns of domains next to each
};

Domains find_domains(const std::vector<double>& column_means) {
  constexpr double least_of_domain = 0.5;
  Domains domains;
  int before = 0;
  for (int i = 0; i < static_cast<int>(column_means.size()); ++i) {
    const double mean = column_means[static_cast<std::size_t>(i)];
    if (std::abs(mean) > least_of_domain) {
      if (domains.exist && mean * column_means[static_cast<std::size_t>(before)] < 0.0) {
        domains.walls.emplace_back(before, i);
      }
      domains.exist = true;
      before = i;
    }
  }
  return domains;
}

}  // namespace

Readout read_out(micromagnetics::LlgsSystem& system, std::span<const double> m) {
  const auto* materials = system.local_materials();
  return {.mesh = system.mesh(),
          .decomposition = system.decomposition(),
          .mask = system.mask(),
          .m = m,
          .mean = system.mean_magnetization(m),
          .share = materials != nullptr ? materials->share() : std::span<const double>{}};
}

double window_conductance(const Readout& readout, const Window& window, const TunnelJunction& mtj) {
  const micromagnetics::Mesh& mesh = readout.mesh;
  const micromagnetics::RowDecomposition& decomposition = readout.decomposition;
  const micromagnetics::FieldLayout layout(own_mesh(mesh, decomposition));
  const auto mz = readout.m.subspan(2 * layout.component_size());
  const micromagnetics::Rows rows = decomposition.own();
  const auto add_own_rows = [&](std::array<double, 2>& sums) {
    for (int j = rows.begin; j < rows.end; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const bool magnetic = readout.mask[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) +
                                           static_cast<std::size_t>(i)] != 0;
        if (magnetic && has_column(window, mesh.dx, i)) {
          const std::size_t k = layout.index(i, j - rows.begin);
          const double share = readout.share.empty() ? 1.0 : readout.share[k];
          sums[0] += share * mz[k];
          sums[1] += share;
        }
      }
    }
  };
  const std::array<double, 2> mz_and_cells = decomposition.sum_in_order<2>(add_own_rows);
  // cos(theta) = -m_z, cos^2(theta/2) = (1 - m_z)/2
  const double parallel_share = 0.5 * (1.0 - mz_and_cells[0] / mz_and_cells[1]);
  return parallel_share / mtj.resistance_parallel + (1.0 - parallel_share) / mtj.resistance_antiparallel;
}

double track_conductance(double mean_mz, const TunnelJunction& mtj) {
  const double antiparallel_share = 0.5 * (1.0 + mean_mz);
  return 1.0 / (mtj.resistance_parallel + (mtj.resistance_antiparallel - mtj.resistance_parallel) * antiparallel_share);
}

WallKind wall_kind(const micromagnetics::Mesh& mesh, std::span<const double> m) {
  const micromagnetics::FieldLayout layout(mesh);
  double moment = 0.0;
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      moment += (2 * i + 1 - mesh.nx) * m[2 * layout.component_size() + layout.index(i, j)];
    }
  }
  return moment < 0.0 ? WallKind::up_down : WallKind::down_up;
}

double wall_count(const micromagnetics::Mesh& mesh, const micromagnetics::Mask& mask, std::span<const double> m) {
  const Domains domains = find_domains(column_means(mesh, mask, m));
  return domains.exist ? static_cast<double>(domains.walls.size()) : not_a_number;
}

double wall_crossing(const micromagnetics::Mesh& mesh, const micromagnetics::Mask& mask, std::span<const double> m) {
  const std::vector<double> means = column_means(mesh, mask, m);
  const Domains domains = find_domains(means);
  if (domains.walls.size() != 1) {
    return not_a_number;
  }
  const auto [left, right] = domains.walls.front();
  const auto mean = [&](int i) { return means[static_cast<std::size_t>(i)]; };
  int before = left;
  for (int i = left + 1; i <= right; ++i) {
    if (!std::isnan(mean(i)) && mean(before) * mean(i) <= 0.0) {
      return mesh.x(before) + mean(before) / (mean(before) - mean(i)) * (mesh.x(i) - mesh.x(before));
    }
    before = std::isnan(mean(i)) ? before : i;
  }
  return not_a_number;
}

std::string describe_walls(double wall_count) {
  return std::isnan(wall_count) ? "no domains" : counted(static_cast<std::int64_t>(wall_count), "wall");
}

WallLocator::WallLocator(const CommonParameters& parameters)
    : columns_(track_mesh(parameters).nx), cell_(parameters.track.cell) {
  if (has_uniform_width(parameters.track) && parameters.mask.file.empty() &&
      parameters.maps.saturation_magnetization.empty()) {
    return;
  }
  const micromagnetics::Mask mask = make_mask(parameters);
  const std::vector<double> shares = filled_shares(parameters);
  areas_.assign(static_cast<std::size_t>(columns_), 0.0);
  for (std::size_t k = 0; k < mask.size(); ++k) {
    areas_[k % areas_.size()] += mask[k] * shares[k];
  }
}

double WallLocator::position(double mean_mz, WallKind kind) const {
  const double twice_the_share = kind == WallKind::down_up ? 1.0 - mean_mz : 1.0 + mean_mz;
  if (areas_.empty()) {
    return 0.5 * (columns_ * cell_) * twice_the_share;
  }
  double left = 0.5 * twice_the_share * std::accumulate(areas_.begin(), areas_.end(), 0.0);
  std::size_t i = 0;
  while (i + 1 < areas_.size() && left > areas_[i]) {
    left -= areas_[i++];
  }
  const double within = areas_[i] > 0.0 ? left / areas_[i] : 0.0;
  return (static_cast<double>(i) + within) * cell_;
}

}  // namespace spinsweep::device
