#include "device/current.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
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

/// The current in a track.
struct TrackCurrent {
  std::shared_ptr<const CurrentMap> map;
  double squares = 0.0;  ///< resistance over the sheet resistance
};

/// Those of the last tracks are kept for the next cases of the same ones: a case needs that of its track for the
/// torque, and with that of the track without notches for the resistance.
TrackCurrent current_in(const CommonParameters& p) {
  struct Solved {
    Mesh mesh;
    std::vector<double> conductance;
    double width = 0.0;
    TrackCurrent current;
  };
  static std::array<Solved, 2> latest;
  const Mesh mesh = make_mesh(p);
  const double width = std::round(p.track.width / p.track.cell);
  std::vector<double> conductance = conductances(p);
  const auto is_it = [&](const Solved& one) {
    return one.current.map != nullptr && one.mesh == mesh && one.width == width && one.conductance == conductance;
  };
  if (is_it(latest[1])) {
    std::swap(latest[0], latest[1]);
  } else if (!is_it(latest[0])) {
    const SheetCurrent sheet = conduct(mesh, conductance);
    TrackCurrent current{std::make_shared<const CurrentMap>(map_of(mesh, sheet, width)), sheet.squares};
    latest[1] = std::exchange(latest[0], {mesh, std::move(conductance), width, std::move(current)});
  }
  return latest[0].current;
}

}  // namespace

std::shared_ptr<const CurrentMap> make_current_map(const CommonParameters& p) {
  if (p.current.flow == CurrentFlow::uniform) {
    return nullptr;
  }
  return current_in(p).map;
}

double resistance_of_a_notch(const CommonParameters& parameters) {
  const std::size_t places = notch_sites(parameters.track, parameters.notches).size();
  if (places == 0) {
    return not_a_number;
  }
  CommonParameters straight = parameters;
  straight.notches = {};
  const double with = current_in(parameters).squares;
  const double without = current_in(straight).squares;
  const HeavyMetal& metal = parameters.heavy_metal;
  return metal.resistivity / metal.thickness * (with - without) / static_cast<double>(places);
}

}  // namespace spinsweep::device
