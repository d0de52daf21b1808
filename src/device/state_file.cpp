#include "device/state_file.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {

namespace {

/// Relative tolerance of a cell's edge: above the rounding of decimal notation and of single precision.
constexpr double mesh_tolerance = 1e-6;
/// Tolerance of a vector's length: enough for single precision and for text with a few digits.
constexpr double length_tolerance = 1e-3;

bool agree(double a, double b) {
  return std::abs(a - b) <= mesh_tolerance * b;
}

std::string describe(const micromagnetics::Mesh& mesh) {
  return fmt::format("{} x {} cells of {:g} x {:g} x {:g} m", mesh.nx, mesh.ny, mesh.dx, mesh.dy, mesh.dz);
}

}  // namespace

std::vector<double> state_from_field(const DeviceParameters& parameters, const fields::FileField& field) {
  const std::string& file = parameters.initial_wall.file;
  if (field.components != 3) {
    throw InputError(file + ": has one number for each cell, expected a magnetisation of three components");
  }
  const micromagnetics::Mesh mesh = make_mesh(parameters);
  const micromagnetics::Mesh& given = field.mesh;
  if (given.nx != mesh.nx || given.ny != mesh.ny || !agree(given.dx, mesh.dx) || !agree(given.dy, mesh.dy) ||
      !agree(given.dz, mesh.dz)) {
    throw InputError(fmt::format("{}: has {}, expected the track's {}", file, describe(given), describe(mesh)));
  }
  const micromagnetics::Mask mask = make_mask(parameters);
  const micromagnetics::FieldLayout layout(mesh);
  std::vector<double> m(layout.size(), 0.0);
  std::size_t cell = 0;
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i, ++cell) {
      if (mask[cell] == 0) {
        continue;
      }
      const double* vector = &field.values[3 * cell];
      const double length = std::hypot(vector[0], vector[1], vector[2]);
      if (!(std::abs(length - 1.0) <= length_tolerance)) {
        throw InputError(
            fmt::format("{}: the vector ({:g}, {:g}, {:g}) of cell ({}, {}) has the length {:g}, expected 1: the file "
                        "must hold a magnetisation in units of Ms on the same notches",
                        file, vector[0], vector[1], vector[2], i, j, length));
      }
      for (std::size_t component = 0; component < 3; ++component) {
        m[component * layout.component_size() + layout.index(i, j)] = vector[component] / length;
      }
    }
  }
  return m;
}

std::vector<double> state_from_file(const DeviceParameters& parameters) {
  const std::string& file = parameters.initial_wall.file;
  return state_from_field(parameters, fields::read_file_field(fields::read_bytes(file), file));
}

}  // namespace spinsweep::device
