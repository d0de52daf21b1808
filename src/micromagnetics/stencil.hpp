#pragma once

#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

/// What a local field term sees of the magnetisation: a cell and its four neighbours in the layer.
/// A neighbour that is not magnetic, or lies beyond the edge of the mesh, is the zero vector.
struct Stencil {
  Vector3 centre;
  Vector3 east;             ///< +x
  Vector3 west;             ///< -x
  Vector3 north;            ///< +y
  Vector3 south;            ///< -y
  double neighbours = 0.0;  ///< how many of the four are magnetic
};

}  // namespace spinsweep::micromagnetics
