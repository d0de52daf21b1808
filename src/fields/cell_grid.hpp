#pragma once

#include <string>
#include <vector>

#include "fields/file_field.hpp"

namespace spinsweep::fields {

/// Throws the InputError "NAME: PROBLEM", in printable characters.
[[noreturn]] void refuse_file(const std::string& name, const std::string& problem);

/// The cells of a grid along one axis.
struct GridAxis {
  double cells = 0.0;
  double edge = 0.0;  ///< of a cell, m
};

/// That between coordinates of the faces of cells. Errors: InputError if the cells differ in size.
[[nodiscard]] GridAxis axis_between(const std::vector<double>& coordinates, const std::string& name);

/// One layer of cells. Errors: InputError if it has no cells, more than a million along an axis or several layers, or
/// if an edge is no length.
[[nodiscard]] micromagnetics::Mesh mesh_of(const GridAxis& x, const GridAxis& y, const GridAxis& z,
                                           const std::string& name);

/// Values on the cells of a grid.
struct CellArray {
  std::string name;
  int components = 1;
  std::vector<double> values;  ///< [y][x][component]
};

/// The array called `field`, as discretisedfield names it, or else the only one. Errors: InputError if there is no such
/// one, or if it has not 1 or 3 numbers for each cell.
[[nodiscard]] FileField chosen_field(const micromagnetics::Mesh& mesh, std::vector<CellArray> arrays,
                                     const std::string& name);

}  // namespace spinsweep::fields
