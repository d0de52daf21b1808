#include "fields/cell_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/printable.hpp"

namespace spinsweep::fields {

namespace {

/// More than a million cells along an edge are not a track; the limit keeps products of a file's sizes from
/// overflowing.
constexpr double most_cells = 1e6;
/// Of the whole length: above the rounding of coordinates in single precision.
constexpr double coordinate_tolerance = 1e-6;

}  // namespace

void refuse_file(const std::string& name, const std::string& problem) {
  throw InputError(fmt::format("{}: {}", name, printable(problem)));
}

GridAxis axis_between(const std::vector<double>& coordinates, const std::string& name) {
  if (coordinates.size() < 2) {
    return {};
  }
  const auto cells = static_cast<double>(coordinates.size() - 1);
  const double length = coordinates.back() - coordinates.front();
  for (std::size_t k = 0; k < coordinates.size(); ++k) {
    const double expected = coordinates.front() + static_cast<double>(k) / cells * length;
    if (!(std::abs(coordinates[k] - expected) <= coordinate_tolerance * std::abs(length))) {
      refuse_file(name, fmt::format("has a face of its cells at {:g} m, expected {:g} m: all must be of one size",
                                    coordinates[k], expected));
    }
  }
  return {cells, length / cells};
}

micromagnetics::Mesh mesh_of(const GridAxis& x, const GridAxis& y, const GridAxis& z, const std::string& name) {
  for (const GridAxis& axis : {x, y, z}) {
    if (!(axis.cells >= 1.0 && axis.cells <= most_cells)) {
      refuse_file(name, fmt::format("has {:g} x {:g} x {:g} cells, expected a grid with 1 to a million along each axis",
                                    x.cells, y.cells, z.cells));
    }
    if (!(axis.edge > 0.0) || !std::isfinite(axis.edge)) {
      refuse_file(name,
                  fmt::format("has cells of {:g} x {:g} x {:g} m, expected positive lengths", x.edge, y.edge, z.edge));
    }
  }
  if (z.cells != 1.0) {
    refuse_file(name, fmt::format("has {:g} layers of cells, expected 1", z.cells));
  }
  return {.nx = static_cast<int>(x.cells), .ny = static_cast<int>(y.cells), .dx = x.edge, .dy = y.edge, .dz = z.edge};
}

FileField chosen_field(const micromagnetics::Mesh& mesh, std::vector<CellArray> arrays, const std::string& name) {
  auto chosen = std::ranges::find(arrays, "field", &CellArray::name);
  if (arrays.size() == 1) {
    chosen = arrays.begin();
  }
  if (arrays.empty()) {
    refuse_file(name, "has no numbers on its cells; those on points are not read");
  }
  if (chosen == arrays.end()) {
    std::string names;
    for (const CellArray& array : arrays) {
      names += (names.empty() ? "" : ", ") + array.name;
    }
    refuse_file(name,
                fmt::format("has {} arrays on its cells ({}), expected one or one called field", arrays.size(), names));
  }
  if (chosen->components != 1 && chosen->components != 3) {
    refuse_file(name, fmt::format("has {} components, expected 1 or 3", chosen->components));
  }
  if (const std::size_t wanted = static_cast<std::size_t>(chosen->components) * mesh.cells();
      chosen->values.size() != wanted) {
    refuse_file(name, fmt::format("has {} numbers of data where {} were expected", chosen->values.size(), wanted));
  }
  return {.name = name, .mesh = mesh, .components = chosen->components, .values = std::move(chosen->values)};
}

}  // namespace spinsweep::fields
