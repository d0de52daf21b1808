#include "device/initial_state.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/constants.hpp"
#include "device/film.hpp"
#include "device/state_file.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/relaxation.hpp"

namespace spinsweep::device {

using micromagnetics::Vector3;

namespace {

/// A straight wall.
struct Wall {
  double position;  ///< on the middle line of the track, m
  double slope;     ///< dx/dy along it
  double cosine;    ///< of its tilt
  double sign;      ///< of m_z on its right
  Vector3 centre;   ///< the magnetisation in its middle
};

/// The in-plane direction of a down|up wall's centre, see straight_wall().
Vector3 wall_centre(const DeviceParameters& parameters) {
  const micromagnetics::Material& material = parameters.material;
  const double ms = material.saturation_magnetization;
  const double critical_dmi = 2.0 * std::numbers::ln2 * constants::vacuum_permeability * ms * ms *
                              parameters.track.thickness / (std::numbers::pi * std::numbers::pi);
  const double dmi = std::abs(material.dmi);
  const double sign = material.dmi < 0.0 ? -1.0 : 1.0;
  if (dmi == 0.0) {
    return {0.0, 1.0, 0.0};
  }
  if (dmi >= 1.25 * critical_dmi) {
    return {sign, 0.0, 0.0};
  }
  const double angle = std::max(0.1, std::acos(std::min(dmi / critical_dmi, 1.0)));
  return {sign * std::cos(angle), sign * std::sin(angle), 0.0};
}

std::vector<Wall> placed_walls(const DeviceParameters& parameters) {
  double sign = parameters.initial_wall.polarity == WallKind::down_up ? 1.0 : -1.0;
  std::vector<Wall> walls;
  for (const ListedWall& listed : initial_walls(parameters)) {
    const double cosine = std::cos(listed.tilt);
    const double sine = std::sin(listed.tilt);
    Vector3 centre = sign * wall_centre(parameters);
    if (listed.tilt != 0.0) {
      centre = {cosine * centre.x + sine * centre.y, cosine * centre.y - sine * centre.x, 0.0};
    }
    walls.push_back({listed.x, sine / cosine, cosine, sign, centre});
    sign = -sign;
  }
  return walls;
}

}  // namespace

std::vector<double> straight_wall(const DeviceParameters& parameters) {
  const micromagnetics::Mesh mesh = make_mesh(parameters);
  const micromagnetics::Mask mask = make_mask(parameters);
  const micromagnetics::FieldLayout layout(mesh);
  const std::vector<Wall> walls = placed_walls(parameters);
  const double middle_line = lower_margin(parameters) + 0.5 * parameters.track.width;
  std::vector<double> m(layout.size(), 0.0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      if (mask[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i)] == 0) {
        continue;
      }
      const auto distance = [&](const Wall& wall) {
        return wall.cosine * (mesh.x(i) - (wall.position + wall.slope * (mesh.y(j) - middle_line)));
      };
      const Wall& wall = *std::ranges::min_element(walls, {}, [&](const Wall& w) { return std::abs(distance(w)); });
      const double u = distance(wall) / parameters.initial_wall.width;
      const double in_plane = 1.0 / std::cosh(u);
      const std::size_t k = layout.index(i, j);
      m[k] = wall.centre.x * in_plane;
      m[k + layout.component_size()] = wall.centre.y * in_plane;
      m[k + 2 * layout.component_size()] = wall.sign * std::tanh(u);
    }
  }
  return m;
}

std::vector<double> initial_state(const DeviceParameters& parameters, std::shared_ptr<micromagnetics::DemagField> demag,
                                  const micromagnetics::StepWatch& watch, double longest) {
  std::vector<double> m;
  const auto make = [&] {
    m = parameters.initial_wall.file.empty() ? straight_wall(parameters) : state_from_file(parameters);
  };
  if (demag) {
    demag->decomposition().collectively(make);
  } else {
    make();
  }
  if (parameters.initial_wall.relax) {
    micromagnetics::RelaxationSettings settings;
    settings.longest = longest;
    settings.tolerance = parameters.tolerance;
    settings.watch = watch;
    micromagnetics::Film film = make_film(parameters, demag->decomposition());
    micromagnetics::relax(std::move(film), std::move(demag),
                          {parameters.applied_field.x, parameters.applied_field.y, parameters.applied_field.z},
                          settings, m);
  }
  return m;
}

}  // namespace spinsweep::device
