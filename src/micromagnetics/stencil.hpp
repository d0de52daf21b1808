#pragma once

#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

/// What a local field term sees of the magnetisation: a cell and its four neighbours in the layer.
/// A neighbour that is not magnetic, or lies beyond the edge of the mesh, is the zero vector.
template <class Real>
struct BasicStencil {
  BasicVector3<Real> centre;
  BasicVector3<Real> east;   ///< +x
  BasicVector3<Real> west;   ///< -x
  BasicVector3<Real> north;  ///< +y
  BasicVector3<Real> south;  ///< -y
  /// How many of the four are magnetic. It may only multiply a field along the centre, which exerts no torque: the
  /// inner steps at a temperature leave that field out by setting it to zero.
  Real neighbours{};
};

using Stencil = BasicStencil<double>;

}  // namespace spinsweep::micromagnetics
