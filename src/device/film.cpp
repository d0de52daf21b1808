#include "device/film.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "device/fields_on_mesh.hpp"
#include "device/random_film.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {

namespace {

using micromagnetics::MaterialMaps;
using micromagnetics::Mesh;

std::size_t index_of(const Mesh& mesh, int i, int j) {
  return static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i);
}

bool is_gated(const CommonParameters& p) {
  return p.gate.to > p.gate.from && p.gate.anisotropy_change != 0.0;
}

/// What files say. What they leave out stays as it is.
void add_files(const CommonParameters& p, MaterialMaps& maps) {
  const auto replace = [&p](const MapKey& key, std::vector<double>& map) {
    if (!(p.maps.*key.file).empty()) {
      map = map_of(p, key);
    }
  };
  replace(exchange_stiffness_map, maps.exchange_stiffness);
  replace(anisotropy_map, maps.anisotropy);
  replace(dmi_map, maps.dmi);
  const std::vector<double> magnetization = map_of(p, saturation_magnetization_map);
  for (std::size_t cell = 0; cell < magnetization.size(); ++cell) {
    maps.moment[cell] = magnetization[cell] / p.material.saturation_magnetization;
  }
  const std::vector<micromagnetics::Vector3> axes = map_of_axes(p);
  for (std::size_t cell = 0; cell < axes.size(); ++cell) {
    maps.axis_x[cell] = axes[cell].x;
    maps.axis_y[cell] = axes[cell].y;
    maps.axis_z[cell] = axes[cell].z;
  }
}

/// The profile along the track, of what no file gives, and the gate.
void add_profile(const CommonParameters& p, const Mesh& mesh, MaterialMaps& maps) {
  const auto units = [&](double place) { return in_grid_units(place, p.track.cell); };
  const std::int64_t from = units(p.profile.from);
  const std::int64_t to = units(p.profile.to.value_or(p.track.length));
  for (std::size_t cell = 0; cell < maps.anisotropy.size(); ++cell) {
    const std::int64_t x = centre_of_cell(static_cast<int>(cell % static_cast<std::size_t>(mesh.nx)));
    const double share = x >= to     ? 1.0
                         : x <= from ? 0.0
                                     : static_cast<double>(x - from) / static_cast<double>(to - from);
    const auto between = [share](double left, double right) { return left + share * (right - left); };
    if (p.maps.anisotropy.empty()) {
      maps.anisotropy[cell] = between(p.material.anisotropy, p.profile.anisotropy.value_or(p.material.anisotropy));
    }
    if (p.maps.dmi.empty()) {
      maps.dmi[cell] = between(p.material.dmi, p.profile.dmi.value_or(p.material.dmi));
    }
    if (is_gated(p) && x > units(p.gate.from) && x < units(p.gate.to)) {
      maps.anisotropy[cell] += p.gate.anisotropy_change;
    }
  }
}

void add_grains(const CommonParameters& p, const Mesh& mesh, double lower, MaterialMaps& maps) {
  const Grains& grains = p.disorder.grains;
  const RandomFilm random(p.disorder);
  const Area area{0.0, mesh.nx * mesh.dx, lower, lower + mesh.ny * mesh.dy};
  const auto points =
      random_points(random, RandomFilm::Use::grain_count, RandomFilm::Use::grain_place, grains.size, area);
  const auto grain = nearest_points(points, grains.size, mesh.nx, mesh.ny, mesh.dx, lower);
  for (std::size_t cell = 0; cell < grain.size(); ++cell) {
    const RandomPoint& point = points[grain[cell]];
    const auto of_grain = random.normal(RandomFilm::Use::grain_property, point.tile_x, point.tile_y, point.index);
    maps.anisotropy[cell] *= std::max(0.0, 1.0 + grains.anisotropy_spread * of_grain[0]);
    if (p.maps.anisotropy_axis.empty()) {
      const double x = grains.axis_spread * of_grain[1];
      const double y = grains.axis_spread * of_grain[2];
      const double length = std::sqrt(1.0 + x * x + y * y);
      maps.axis_x[cell] = x / length;
      maps.axis_y[cell] = y / length;
      maps.axis_z[cell] = 1.0 / length;
    }
  }
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const std::size_t cell = index_of(mesh, i, j);
      if (i + 1 < mesh.nx && grain[index_of(mesh, i + 1, j)] != grain[cell]) {
        maps.exchange_to_east[cell] = grains.exchange;
      }
      if (j + 1 < mesh.ny && grain[index_of(mesh, i, j + 1)] != grain[cell]) {
        maps.exchange_to_north[cell] = grains.exchange;
      }
    }
  }
}

void add_defects(const CommonParameters& p, const Mesh& mesh, double lower, MaterialMaps& maps) {
  const Defects& defects = p.disorder.defects;
  const double distance = 1.0 / std::sqrt(defects.density);
  const Area area{0.0, mesh.nx * mesh.dx, lower, lower + mesh.ny * mesh.dy};
  std::vector<bool> is_defect(mesh.cells(), false);
  for (const RandomPoint& point : random_points(RandomFilm(p.disorder), RandomFilm::Use::defect_count,
                                                RandomFilm::Use::defect_place, distance, area)) {
    const double y = point.y - lower;
    const double radius = 0.5 * defects.size;
    const auto first = [&](double place) { return static_cast<int>(std::floor((place - radius) / mesh.dx)); };
    const auto last = [&](double place) { return static_cast<int>(std::floor((place + radius) / mesh.dx)); };
    for (int j = std::max(0, first(y)); j <= std::min(mesh.ny - 1, last(y)); ++j) {
      for (int i = std::max(0, first(point.x)); i <= std::min(mesh.nx - 1, last(point.x)); ++i) {
        const bool holds_centre =
            std::abs(mesh.x(i) - point.x) <= 0.5 * mesh.dx && std::abs(mesh.y(j) - y) <= 0.5 * mesh.dy;
        if (holds_centre || std::hypot(mesh.x(i) - point.x, mesh.y(j) - y) < radius) {
          is_defect[index_of(mesh, i, j)] = true;
        }
      }
    }
  }
  for (std::size_t cell = 0; cell < is_defect.size(); ++cell) {
    maps.anisotropy[cell] *= is_defect[cell] ? defects.anisotropy : 1.0;
  }
}

}  // namespace

bool has_varying_anisotropy(const CommonParameters& p) {
  return p.disorder.is_in_material() || is_gated(p) || !p.maps.anisotropy.empty() || !p.maps.anisotropy_axis.empty() ||
         p.profile.anisotropy.value_or(p.material.anisotropy) != p.material.anisotropy;
}

bool has_varying_dmi(const CommonParameters& p) {
  return !p.maps.dmi.empty() || p.profile.dmi.value_or(p.material.dmi) != p.material.dmi;
}

bool has_varying_saturation_magnetization(const CommonParameters& p) {
  return !p.maps.saturation_magnetization.empty();
}

bool has_varying_exchange(const CommonParameters& p) {
  return !p.maps.exchange_stiffness.empty() || (p.disorder.grains.size > 0.0 && p.disorder.grains.exchange != 1.0);
}

std::shared_ptr<const MaterialMaps> make_material_maps(const CommonParameters& p) {
  if (!has_varying_anisotropy(p) && !has_varying_dmi(p) && !p.maps.exist() && p.track.edge == Edge::staircase) {
    return nullptr;
  }
  const Mesh mesh = make_mesh(p);
  auto maps = std::make_shared<MaterialMaps>(p.material, mesh);
  const double lower = -lower_margin(p);
  if (p.track.edge == Edge::smooth) {
    maps->share = filled_shares(p);
  }
  add_files(p, *maps);
  add_profile(p, mesh, *maps);
  if (p.disorder.grains.size > 0.0) {
    add_grains(p, mesh, lower, *maps);
  }
  if (p.disorder.defects.density > 0.0) {
    add_defects(p, mesh, lower, *maps);
  }
  return maps;
}

micromagnetics::Film make_film(const CommonParameters& p) {
  return {p.material, make_mesh(p), make_mask(p), make_material_maps(p), make_current_map(p)};
}

micromagnetics::Film make_film(const CommonParameters& p, const micromagnetics::RowDecomposition& decomposition) {
  return decomposition.made_collectively([&] { return make_film(p); });
}

}  // namespace spinsweep::device
