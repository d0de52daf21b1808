#include "micromagnetics/local_materials.hpp"

#include <algorithm>
#include <cmath>

#include "base/constants.hpp"

namespace spinsweep::micromagnetics {

namespace {

double harmonic_mean(double a, double b) {
  return a == b ? a : a + b > 0.0 ? 2.0 * a * b / (a + b) : 0.0;
}

double arithmetic_mean(double a, double b) {
  return a == b ? a : 0.5 * (a + b);
}

/// How the shares of cells that are filled in part couple them.
class PairShares {
 public:
  PairShares(const std::vector<double>& share, const Mesh& mesh, const Mask& mask)
      : share_(share), nx_(static_cast<std::size_t>(mesh.nx)), mask_(mask) {}

  /// The coupling of two magnetic neighbours over that of full cells.
  [[nodiscard]] double of(std::size_t cell, std::size_t other) const {
    return mean(cell, other) * std::min(limit(cell), limit(other));
  }

 private:
  [[nodiscard]] double mean(std::size_t cell, std::size_t other) const {
    return arithmetic_mean(share_[cell], share_[other]);
  }

  /// Less than 1 if all couplings of a cell together would turn it faster than those of a full cell do, which would
  /// shorten the steps.
  [[nodiscard]] double limit(std::size_t cell) const {
    if (share_[cell] == 1.0) {
      return 1.0;
    }
    double sum = 0.0;
    const auto add = [&](bool exists, std::size_t other) {
      if (exists && mask_[other] != 0) {
        sum += mean(cell, other);
      }
    };
    add(cell % nx_ + 1 < nx_, cell + 1);
    add(cell % nx_ > 0, cell - 1);
    add(cell + nx_ < mask_.size(), cell + nx_);
    add(cell >= nx_, cell - nx_);
    constexpr double neighbours = 4.0;
    return std::min(1.0, neighbours * share_[cell] / sum);
  }

  const std::vector<double>& share_;
  std::size_t nx_;
  const Mask& mask_;
};

/// Of the cells inside the mesh that are magnetic.
bool varies(const std::vector<double>& map, const Mask& mask, double uniform) {
  for (std::size_t k = 0; k < map.size(); ++k) {
    if (mask[k] != 0 && map[k] != uniform) {
      return true;
    }
  }
  return false;
}

bool varies_in_share_only(const MaterialMaps& maps, const Material& material, const Mask& mask) {
  return material.exchange_stiffness > 0.0 && varies(maps.share, mask, 1.0) &&
         !varies(maps.exchange_stiffness, mask, material.exchange_stiffness) &&
         !varies(maps.anisotropy, mask, material.anisotropy) && !varies(maps.axis_z, mask, 1.0) &&
         !varies(maps.dmi, mask, material.dmi) && !varies(maps.moment, mask, 1.0) &&
         !varies(maps.exchange_to_east, mask, 1.0) && !varies(maps.exchange_to_north, mask, 1.0);
}

}  // namespace

LocalMaterials::LocalMaterials(const MaterialMaps& maps, const Material& material, const Mesh& mesh, const Mask& mask,
                               const RowDecomposition& decomposition)
    : varied_(varies(maps.dmi, mask, material.dmi) || varies(maps.moment, mask, 1.0) || varies(maps.share, mask, 1.0)),
      upright_(!varies(maps.axis_z, mask, 1.0)),
      shares_vary_(varies(maps.share, mask, 1.0)) {
  const FieldLayout layout(own_mesh(mesh, decomposition));
  for (auto* array : {&exchange_east_, &exchange_north_, &anisotropy_, &axis_x_, &axis_y_, &axis_z_, &dmi_east_,
                      &dmi_north_, &moment_, &inverse_moment_, &torque_, &share_}) {
    array->assign(layout.component_size(), 0.0);
  }
  const double field_per_energy_density = 1.0 / (constants::vacuum_permeability * material.saturation_magnetization);
  const double field_per_stiffness = 2.0 * field_per_energy_density / (mesh.dx * mesh.dx);
  const double field_per_dmi = field_per_energy_density / mesh.dx;
  const PairShares pair_shares(maps.share, mesh, mask);
  const Rows rows = decomposition.own();
  // The row below holds the pairs that the first own row has with it, and the moments of both rows beyond are needed.
  for (int j = std::max(0, rows.begin - 1); j < std::min(mesh.ny, rows.end + 1); ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const std::size_t cell =
          static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i);
      if (mask[cell] == 0) {
        continue;
      }
      const std::size_t k = layout.index(i, j - rows.begin);
      moment_[k] = maps.share[cell] * maps.moment[cell];
      inverse_moment_[k] = 1.0 / moment_[k];
      torque_[k] = 1.0 / maps.moment[cell];
      share_[k] = maps.share[cell];
      anisotropy_[k] = 2.0 * field_per_energy_density * maps.share[cell] * maps.anisotropy[cell];
      axis_x_[k] = maps.axis_x[cell];
      axis_y_[k] = maps.axis_y[cell];
      axis_z_[k] = maps.axis_z[cell];
      const auto couple = [&](std::size_t other, double factor, double& exchange, double& dmi) {
        if (mask[other] != 0) {
          const double share = pair_shares.of(cell, other);
          exchange = field_per_stiffness * factor * share *
                     harmonic_mean(maps.exchange_stiffness[cell], maps.exchange_stiffness[other]);
          dmi = field_per_dmi * share * arithmetic_mean(maps.dmi[cell], maps.dmi[other]);
        }
      };
      if (i + 1 < mesh.nx) {
        couple(cell + 1, maps.exchange_to_east[cell], exchange_east_[k], dmi_east_[k]);
      }
      if (j + 1 < mesh.ny) {
        couple(cell + static_cast<std::size_t>(mesh.nx), maps.exchange_to_north[cell], exchange_north_[k],
               dmi_north_[k]);
      }
    }
  }
  if (varies_in_share_only(maps, material, mask)) {
    dmi_per_exchange_ = 0.5 * material.dmi * mesh.dx / material.exchange_stiffness;
    fill_cut_material(layout);
  }
  find_bounds(layout);
  bounds_.coupling = decomposition.largest(bounds_.coupling);
  bounds_.on_site = decomposition.largest(bounds_.on_site);
  bounds_.largest_moment = decomposition.largest(bounds_.largest_moment);
  bounds_.largest_inverse_moment = decomposition.largest(bounds_.largest_inverse_moment);
  bounds_.largest_torque = decomposition.largest(bounds_.largest_torque);
}

void LocalMaterials::fill_cut_material(const FieldLayout& layout) {
  const std::size_t row = layout.row_stride();
  for (auto* array : {&cut_exchange_east_, &cut_exchange_west_, &cut_exchange_north_, &cut_exchange_south_}) {
    array->assign(layout.component_size(), 0.0);
  }
  for (int j = 0; j < layout.ny(); ++j) {
    for (int i = 0; i < layout.nx(); ++i) {
      const std::size_t k = layout.index(i, j);
      cut_exchange_east_[k] = inverse_moment_[k] * exchange_east_[k];
      cut_exchange_west_[k] = inverse_moment_[k] * exchange_east_[k - 1];
      cut_exchange_north_[k] = inverse_moment_[k] * exchange_north_[k];
      cut_exchange_south_[k] = inverse_moment_[k] * exchange_north_[k - row];
    }
  }
}

void LocalMaterials::find_bounds(const FieldLayout& layout) {
  bounds_ = {
      .coupling = 0.0, .on_site = 0.0, .largest_moment = 0.0, .largest_inverse_moment = 0.0, .largest_torque = 0.0};
  const std::size_t row = layout.row_stride();
  for (int j = 0; j < layout.ny(); ++j) {
    for (int i = 0; i < layout.nx(); ++i) {
      const std::size_t k = layout.index(i, j);
      const VariedMaterial<double> local = varied().at<double>(k, row);
      const double exchange = local.exchange_east + local.exchange_west + local.exchange_north + local.exchange_south;
      const double dmi =
          std::abs(local.dmi_east) + std::abs(local.dmi_west) + std::abs(local.dmi_north) + std::abs(local.dmi_south);
      // As in the uniform film, where the exchange of four neighbours counts twice.
      bounds_.coupling = std::max(bounds_.coupling, local.inverse_moment * (2.0 * exchange + dmi));
      bounds_.on_site = std::max(bounds_.on_site, local.inverse_moment * std::abs(local.anisotropy));
      bounds_.largest_moment = std::max(bounds_.largest_moment, moment_[k]);
      bounds_.largest_inverse_moment = std::max(bounds_.largest_inverse_moment, local.inverse_moment);
      bounds_.largest_torque = std::max(bounds_.largest_torque, local.torque);
    }
  }
}

}  // namespace spinsweep::micromagnetics
