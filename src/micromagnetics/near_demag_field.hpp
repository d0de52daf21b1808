#pragma once

#include "micromagnetics/mesh.hpp"
#include "micromagnetics/newell.hpp"
#include "micromagnetics/stencil.hpp"

namespace spinsweep::micromagnetics {

/// The part of the demagnetising field that a cell owes to itself and its four neighbours, A/m. It is local, and its
/// subtraction leaves a field of which the shortest spin waves are almost free.
class NearDemagField {
 public:
  /// saturation_magnetization: that of the demagnetising field, A/m.
  NearDemagField(const Mesh& mesh, double saturation_magnetization, const TensorFunction& tensor)
      : own_(scaled(tensor({mesh.dx, mesh.dy, mesh.dz}, 0.0, 0.0), saturation_magnetization)),
        along_x_(scaled(tensor({mesh.dx, mesh.dy, mesh.dz}, mesh.dx, 0.0), saturation_magnetization)),
        along_y_(scaled(tensor({mesh.dx, mesh.dy, mesh.dz}, 0.0, mesh.dy), saturation_magnetization)) {}

  template <class Real>
  [[nodiscard]] BasicVector3<Real> field(const BasicStencil<Real>& m) const {
    return added(own_, m.centre, added(along_x_, m.east + m.west, product(along_y_, m.north + m.south)));
  }

 private:
  static Vector3 scaled(const DemagTensor& tensor, double saturation_magnetization) {
    return -saturation_magnetization * Vector3{tensor.xx, tensor.yy, tensor.zz};
  }
  template <class Real>
  static BasicVector3<Real> product(const Vector3& n, const BasicVector3<Real>& m) {
    return {Real(n.x) * m.x, Real(n.y) * m.y, Real(n.z) * m.z};
  }
  template <class Real>
  static BasicVector3<Real> added(const Vector3& n, const BasicVector3<Real>& m, const BasicVector3<Real>& total) {
    return {multiply_add(Real(n.x), m.x, total.x), multiply_add(Real(n.y), m.y, total.y),
            multiply_add(Real(n.z), m.z, total.z)};
  }

  Vector3 own_;      ///< A/m
  Vector3 along_x_;  ///< of a neighbour along x, A/m
  Vector3 along_y_;
};

}  // namespace spinsweep::micromagnetics
