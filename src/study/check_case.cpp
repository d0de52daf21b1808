#include "study/check_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "device/drive.hpp"
#include "device/track_geometry.hpp"
#include "study/connected_cells.hpp"

namespace spinsweep::study {

namespace {

using device::DeviceParameters;
using device::Problem;
using Found = std::optional<Problem>;

/// Of a length in cells: more than a few hundred atoms' worth of rounding is no accident of decimal notation.
constexpr double whole_cell_tolerance = 1e-6;

Found check_mesh(const DeviceParameters& p) {
  for (const auto& [path, edge] : {std::pair{"length", p.track.length}, {"width", p.track.width}}) {
    const double cells = edge / p.track.cell;
    const double whole = std::round(cells);
    if (whole < 2) {
      return Problem{
          {"cell", path},
          fmt::format("the cell of {:g} m leaves fewer than 2 cells along the {} of {:g} m", p.track.cell, path, edge)};
    }
    if (std::abs(cells - whole) > whole_cell_tolerance * whole) {
      return Problem{
          {path, "cell"},
          fmt::format("the {} of {:g} m is not a whole number of cells of {:g} m; nearest are {:g} and {:g} m", path,
                      edge, p.track.cell, std::floor(cells) * p.track.cell, std::ceil(cells) * p.track.cell)};
    }
    if (whole > 20000) {
      return Problem{{"cell", path}, fmt::format("{:g} cells along the {} are more than 20000", whole, path)};
    }
  }
  return {};
}

Found check_width(const DeviceParameters& p) {
  if (device::has_uniform_width(p.track)) {
    return {};
  }
  const double end = *p.track.width_end;
  if (device::exceeds(2.0 * p.track.cell, end, p.track.cell) || end / p.track.cell > 20000) {
    return Problem{
        {"width_end"},
        fmt::format("the width of {:g} m at the end of the track is {:g} cells of {:g} m, expected 2 to 20000", end,
                    end / p.track.cell, p.track.cell)};
  }
  if (p.track.width_step && !device::exceeds(p.track.length, *p.track.width_step, p.track.cell)) {
    return Problem{{"width_step", "length"},
                   fmt::format("the step of the width at {:g} m lies outside the track of {:g} m", *p.track.width_step,
                               p.track.length)};
  }
  return {};
}

std::vector<std::string> notch_keys(std::vector<std::string> others) {
  others.emplace_back("notches.list");
  return others;
}

Found check_size(const DeviceParameters& p, const device::Notch& notch) {
  const auto keys = notch_keys({"notches.depth", "notches.depth_growth", "notches.diameter", "width", "width_end"});
  if (device::exceeds(notch.width, p.track.length, p.track.cell)) {
    return Problem{
        notch_keys({"notches.width", "notches.diameter", "length"}),
        fmt::format("a notch of {:g} m is wider than the track of {:g} m is long", notch.width, p.track.length)};
  }
  if (device::exceeds(-notch.depth, p.track.width, p.track.cell)) {
    return Problem{
        keys, fmt::format("a bulge of {:g} m is higher than the track of {:g} m is wide", -notch.depth, p.track.width)};
  }
  const int columns = static_cast<int>(std::lround(p.track.length / p.track.cell));
  const int column = std::clamp(static_cast<int>(notch.position / p.track.cell), 0, columns - 1);
  const double width = device::width_at(p.track, column);
  const bool faces_another = notch.is_on_upper_edge && notch.is_on_lower_edge;
  const double edges = faces_another ? 2.0 : 1.0;
  if (device::exceeds(edges * notch.depth + p.track.cell, width, p.track.cell)) {
    return Problem{keys, fmt::format("{} {:g} m deep leave{} no path for the wall in a track {:g} m wide there; "
                                     "expected at most {:g} m",
                                     faces_another ? "notches on both edges" : "a notch", notch.depth,
                                     faces_another ? "" : "s", width, (width - p.track.cell) / edges)};
  }
  return {};
}

/// `before`: the notch to its left on the same edge.
Found check_distance(const DeviceParameters& p, const device::Notch& before, const device::Notch& notch) {
  const double distance = notch.position - before.position;
  const double width = 0.5 * (before.width + notch.width);
  if (!device::exceeds(width, distance, p.track.cell)) {
    return {};
  }
  return Problem{notch_keys({"notches.pitch", "notches.count", "notches.width", "notches.diameter"}),
                 fmt::format("notches {:g} m apart on one edge overlap, since they are {:g} m wide", distance, width)};
}

/// Notches that do not face each other may leave no way between them either.
bool has_a_path(const DeviceParameters& p) {
  const micromagnetics::Mesh mesh = device::make_mesh(p);
  return connects(mesh, device::make_mask(p), {0, mesh.nx});
}

Found check_profile(const DeviceParameters& p) {
  const double to = p.profile.to.value_or(p.track.length);
  if (device::exceeds(p.profile.from, to, p.track.cell) || device::exceeds(to, p.track.length, p.track.cell)) {
    return Problem{
        {"profile.to", "profile.from", "length"},
        fmt::format("the material changes from {:g} to {:g} m, expected from <= to inside the track of {:g} m",
                    p.profile.from, to, p.track.length)};
  }
  if (device::exceeds(p.gate.from, p.gate.to, p.track.cell) ||
      device::exceeds(p.gate.to, p.track.length, p.track.cell)) {
    return Problem{{"gate.to", "gate.from", "length"},
                   fmt::format("the gate reaches from {:g} to {:g} m, expected from <= to inside the track of {:g} m",
                               p.gate.from, p.gate.to, p.track.length)};
  }
  if (p.gate.anisotropy_change != 0.0 && p.gate.to == p.gate.from) {
    return Problem{{"gate.anisotropy_change"}, "the gate changes nothing, since gate.from and gate.to are equal"};
  }
  return {};
}

Found check_disorder(const DeviceParameters& p) {
  const device::Disorder& disorder = p.disorder;
  const double deviation = disorder.roughness.deviation;
  if (device::exceeds(10.0 * deviation, p.track.width, p.track.cell)) {
    return Problem{
        {"disorder.roughness.deviation", "width"},
        fmt::format("edges that deviate by {:g} m are too rough for a track {:g} m wide; expected at most {:g} m",
                    deviation, p.track.width, 0.1 * p.track.width)};
  }
  if (disorder.grains.size > 0.0 && device::exceeds(p.track.cell, disorder.grains.size, p.track.cell)) {
    return Problem{
        {"disorder.grains.size", "cell"},
        fmt::format("grains of {:g} m are smaller than a cell of {:g} m", disorder.grains.size, p.track.cell)};
  }
  if (disorder.defects.density * p.track.cell * p.track.cell > 1.0) {
    return Problem{{"disorder.defects.density", "cell"},
                   fmt::format("{:g} defects per m2 are more than one for each cell of {:g} m",
                               disorder.defects.density, p.track.cell)};
  }
  return {};
}

Found check_notches(const DeviceParameters& p) {
  const auto notches = device::placed_notches(p.track, p.notches);
  const device::Notch* on_upper_edge = nullptr;
  const device::Notch* on_lower_edge = nullptr;
  for (const device::Notch& notch : notches) {
    if (device::exceeds(notch.position, p.track.length, p.track.cell)) {
      return Problem{notch_keys({"notches.first", "notches.pitch", "notches.count", "length"}),
                     fmt::format("a notch at {:g} m lies outside the track of {:g} m", notch.position, p.track.length)};
    }
    if (auto problem = check_size(p, notch)) {
      return problem;
    }
    for (auto& [is_there, before] : {std::pair<bool, const device::Notch*&>{notch.is_on_upper_edge, on_upper_edge},
                                     {notch.is_on_lower_edge, on_lower_edge}}) {
      if (!is_there) {
        continue;
      }
      if (before != nullptr) {
        if (auto problem = check_distance(p, *before, notch)) {
          return problem;
        }
      }
      before = &notch;
    }
  }
  const bool is_rough = p.disorder.roughness.deviation > 0.0;
  const bool is_crowded = p.current.flow == device::CurrentFlow::crowded;
  // Files have not been read yet; check_named_files() looks for the path then.
  const bool is_known = p.mask.file.empty() && p.maps.saturation_magnetization.empty();
  if (is_known && (is_rough || is_crowded || !p.notches.list.empty()) && !has_a_path(p)) {
    return Problem{{is_rough ? "disorder.roughness.deviation" : "notches.list"},
                   fmt::format("the {} leave no path for the wall from the left end to the right one",
                               is_rough ? "rough edges and the notches" : "notches")};
  }
  return {};
}

Found check_walls(const DeviceParameters& p) {
  if (!p.initial_wall.file.empty()) {
    return {};
  }
  const std::vector<device::ListedWall> walls = device::initial_walls(p);
  const std::string key = p.initial_wall.list.empty() ? "initial_wall.position" : "initial_wall.list";
  for (std::size_t k = 0; k < walls.size(); ++k) {
    if (device::exceeds(walls[k].x, p.track.length, p.track.cell)) {
      return Problem{{key, "length"},
                     fmt::format("the wall at {:g} m lies outside the track of {:g} m", walls[k].x, p.track.length)};
    }
    // Along either edge of the track.
    for (const double y : {-0.5 * p.track.width, 0.5 * p.track.width}) {
      const auto place = [y](const device::ListedWall& wall) { return wall.x + std::tan(wall.tilt) * y; };
      if (k > 0 && place(walls[k]) - place(walls[k - 1]) < 2.0 * p.initial_wall.width) {
        return Problem{{key, "initial_wall.width"},
                       fmt::format("the walls at {:g} and {:g} m overlap, since they are {:g} m wide; expected a "
                                   "distance of at least {:g} m",
                                   walls[k - 1].x, walls[k].x, p.initial_wall.width, 2.0 * p.initial_wall.width)};
      }
    }
  }
  return {};
}

Found check_heating(const DeviceParameters& p) {
  if (p.heating && p.material.temperature == 0.0) {
    return Problem{{"heating", "material.temperature"},
                   "heating lets the temperature of the thermal noise follow the current, but at material.temperature "
                   "= 0 there is no noise; expected a temperature above 0"};
  }
  return {};
}

}  // namespace

std::optional<Problem> find_problem(const DeviceParameters& p) {
  for (const auto check : {check_mesh, check_width, check_profile, check_disorder, check_notches, p.kind->find_problem,
                           check_walls, check_heating}) {
    if (auto problem = check(p)) {
      return problem;
    }
  }
  if (p.mtj.resistance_parallel >= p.mtj.resistance_antiparallel) {
    return Problem{{"mtj.resistance_parallel", "mtj.resistance_antiparallel"},
                   fmt::format("the parallel resistance of {:g} ohm must be below the antiparallel one of {:g} ohm",
                               p.mtj.resistance_parallel, p.mtj.resistance_antiparallel)};
  }
  if (auto problem = device::find_problem(p.pulse)) {
    return problem;
  }
  const double end = device::Drive(p.pulse).end();
  // The sum of a pulse and its relaxation is rounded.
  if (p.output.interval > end * (1.0 + 1e-12)) {
    return Problem{{"output.interval"},
                   fmt::format("samples {:g} s apart do not fit in a case of {:g} s", p.output.interval, end)};
  }
  if (end / p.output.interval > 1e6) {
    return Problem{{"output.interval"},
                   fmt::format("{:g} samples of a case are more than a million", end / p.output.interval)};
  }
  return {};
}

}  // namespace spinsweep::study
