#pragma once

#include <vector>

#include "micromagnetics/mesh.hpp"

namespace spinsweep::device {

/// The stationary current through a sheet of square cells between contacts along its left and its right end, per unit
/// of the total current. Currents in units of the total current, between cells and through the contacts.
struct SheetCurrent {
  std::vector<double>
      to_east;  ///< through the face to the cell at x + dx, [j * (nx + 1) + i + 1]; [j * (nx + 1)] is in
  std::vector<double> to_north;  ///< through the face to the cell at y + dy, [j * nx + i]
  double squares = 0.0;          ///< resistance over the sheet resistance
};

/// Solves div(sigma grad phi) = 0 by finite volumes: the conductance of the face between two cells is the harmonic mean
/// of those of the cells, and that of a contact twice that of its cell. The linear system is solved by PETSc's
/// conjugate gradients with algebraic multigrid. conductance: of each cell over that of the sheet, in the order of a
/// Mask; 0 where there is none, and in cells without a way to a contact the current is zero. Errors: InputError if no
/// current can flow; EnvironmentError if PETSc does not solve the system.
[[nodiscard]] SheetCurrent conduct(const micromagnetics::Mesh& mesh, const std::vector<double>& conductance);

}  // namespace spinsweep::device
