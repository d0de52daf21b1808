#include "device/current.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

#include "base/not_a_number.hpp"
#include "device/common_parameters.hpp"
#include "device/conduction.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {

namespace {

using micromagnetics::CurrentMap;
using micromagnetics::Mesh;

/// Of each cell over that of the sheet.
std::vector<double> conductances(const CommonParameters& p) {
  std::vector<double> conductances = filled_shares(p);
  const micromagnetics::Mask mask = make_mask(p);
  for (std::size_t k = 0; k < mask.size(); ++k) {
    conductances[k] *= mask[k];
  }
  return conductances;
}

/// width: of the track without notches, in cells.
CurrentMap map_of(const Mesh& mesh, const SheetCurrent& current, double width) {
  CurrentMap map{std::vector<double>(mesh.cells()), std::vector<double>(mesh.cells())};
  const auto nx = static_cast<std::size_t>(mesh.nx);
  for (std::size_t k = 0; k < mesh.cells(); ++k) {
    const std::size_t to_the_east = k + k / nx + 1;
    const double from_south = k >= nx ? current.to_north[k - nx] : 0.0;
    map.x[k] = 0.5 * width * (current.to_east[to_the_east - 1] + current.to_east[to_the_east]);
    map.y[k] = 0.5 * width * (from_south + current.to_north[k]);
  }
  return map;
}

/// The current of the last track, for the next case of the same one.
struct LastCurrent {
  Mesh mesh;
  std::vector<double> conductance;
  double width = 0.0;
  std::shared_ptr<const CurrentMap> map;
};

}  // namespace

std::shared_ptr<const CurrentMap> make_current_map(const CommonParameters& p) {
  if (p.current.flow == CurrentFlow::uniform) {
    return nullptr;
  }
  static LastCurrent last;
  const Mesh mesh = make_mesh(p);
  const double width = std::round(p.track.width / p.track.cell);
  std::vector<double> conductance = conductances(p);
  if (last.map == nullptr || !(last.mesh == mesh) || last.conductance != conductance || last.width != width) {
    auto map = std::make_shared<const CurrentMap>(map_of(mesh, conduct(mesh, conductance), width));
    last = {mesh, std::move(conductance), width, std::move(map)};
  }
  return last.map;
}

double resistance_of_a_notch(const CommonParameters& parameters) {
  const std::size_t places = notch_sites(parameters.track, parameters.notches).size();
  if (places == 0) {
    return not_a_number;
  }
  CommonParameters straight = parameters;
  straight.notches = {};
  const double with = conduct(make_mesh(parameters), conductances(parameters)).squares;
  const double without = conduct(make_mesh(straight), conductances(straight)).squares;
  const HeavyMetal& metal = parameters.heavy_metal;
  return metal.resistivity / metal.thickness * (with - without) / static_cast<double>(places);
}

}  // namespace spinsweep::device
