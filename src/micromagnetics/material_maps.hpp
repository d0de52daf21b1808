#pragma once

#include <vector>

#include "micromagnetics/material.hpp"
#include "micromagnetics/mesh.hpp"

namespace spinsweep::micromagnetics {

/// A material that varies from cell to cell, in the order of a Mask. What it does not hold is as in Material.
struct MaterialMaps {
  std::vector<double> exchange_stiffness;  ///< J/m
  std::vector<double> anisotropy;          ///< J/m^3
  std::vector<double> axis_x;              ///< of the anisotropy, a unit vector
  std::vector<double> axis_y;
  std::vector<double> axis_z;
  std::vector<double> dmi;     ///< J/m^2
  std::vector<double> moment;  ///< over the saturation magnetisation
  /// Share of the cell that is filled. It multiplies the moment, the anisotropy and the coupling to other cells.
  std::vector<double> share;
  std::vector<double> exchange_to_east;   ///< factor of the exchange with the neighbour at x + dx
  std::vector<double> exchange_to_north;  ///< at y + dy

  /// Everything as in `material`.
  MaterialMaps(const Material& material, const Mesh& mesh)
      : exchange_stiffness(mesh.cells(), material.exchange_stiffness),
        anisotropy(mesh.cells(), material.anisotropy),
        axis_x(mesh.cells(), 0.0),
        axis_y(mesh.cells(), 0.0),
        axis_z(mesh.cells(), 1.0),
        dmi(mesh.cells(), material.dmi),
        moment(mesh.cells(), 1.0),
        share(mesh.cells(), 1.0),
        exchange_to_east(mesh.cells(), 1.0),
        exchange_to_north(mesh.cells(), 1.0) {}
};

}  // namespace spinsweep::micromagnetics
