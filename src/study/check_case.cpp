#include "study/check_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "device/drive.hpp"
#include "device/track_geometry.hpp"

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

Found check_notches(const DeviceParameters& p) {
  const auto positions = device::notch_positions(p.track, p.notches);
  if (positions.empty()) {
    return {};
  }
  if (device::exceeds(p.notches.diameter + p.track.cell, p.track.width, p.track.cell)) {
    return Problem{{"notches.diameter", "width"},
                   fmt::format("notches of {:g} m diameter on both edges leave no path for the wall in a track {:g} m "
                               "wide; expected at most {:g} m",
                               p.notches.diameter, p.track.width, p.track.width - p.track.cell)};
  }
  for (const double position : positions) {
    if (device::exceeds(position, p.track.length, p.track.cell)) {
      return Problem{{"notches.first", "notches.pitch", "notches.count", "length"},
                     fmt::format("a notch at {:g} m lies outside the track of {:g} m", position, p.track.length)};
    }
  }
  if (positions.size() > 1 && device::exceeds(p.notches.diameter, positions[1] - positions[0], p.track.cell)) {
    return Problem{{"notches.pitch", "notches.count", "notches.diameter"},
                   fmt::format("notches {:g} m apart overlap, since their diameter is {:g} m",
                               positions[1] - positions[0], p.notches.diameter)};
  }
  return {};
}

}  // namespace

std::optional<Problem> find_problem(const DeviceParameters& p) {
  for (const auto check : {check_mesh, check_notches, p.kind->find_problem}) {
    if (auto problem = check(p)) {
      return problem;
    }
  }
  // With a file the position is not used.
  const double wall = p.initial_wall.file.empty() ? device::initial_wall_position(p) : 0.0;
  if (device::exceeds(wall, p.track.length, p.track.cell)) {
    return Problem{{"initial_wall.position", "length"},
                   fmt::format("the wall at {:g} m lies outside the track of {:g} m", wall, p.track.length)};
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
