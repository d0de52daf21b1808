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
  Real neighbours{};         ///< how many of the four are magnetic
};

using Stencil = BasicStencil<double>;

}  // namespace spinsweep::micromagnetics
