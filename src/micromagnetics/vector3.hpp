#pragma once

#include "base/pack.hpp"

namespace spinsweep::micromagnetics {

/// A vector in space, of numbers or of packs of numbers (one for each of several cells, see base/pack.hpp).
template <class Real>
struct BasicVector3 {
  Real x{};
  Real y{};
  Real z{};

  friend constexpr BasicVector3 operator+(BasicVector3 a, BasicVector3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
  friend constexpr BasicVector3 operator-(BasicVector3 a, BasicVector3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
  friend constexpr BasicVector3 operator*(Real s, BasicVector3 a) { return {s * a.x, s * a.y, s * a.z}; }
  /// s * a + b
  friend BasicVector3 multiply_add(Real s, BasicVector3 a, BasicVector3 b) {
    return {multiply_add(s, a.x, b.x), multiply_add(s, a.y, b.y), multiply_add(s, a.z, b.z)};
  }
  /// b - s * a
  friend BasicVector3 negative_multiply_add(Real s, BasicVector3 a, BasicVector3 b) {
    return {negative_multiply_add(s, a.x, b.x), negative_multiply_add(s, a.y, b.y), negative_multiply_add(s, a.z, b.z)};
  }
};

using Vector3 = BasicVector3<double>;

template <class Real>
Real dot(BasicVector3<Real> a, BasicVector3<Real> b) {
  return multiply_add(a.x, b.x, multiply_add(a.y, b.y, a.z * b.z));
}

template <class Real>
BasicVector3<Real> cross(BasicVector3<Real> a, BasicVector3<Real> b) {
  return {negative_multiply_add(a.z, b.y, a.y * b.z), negative_multiply_add(a.x, b.z, a.z * b.x),
          negative_multiply_add(a.y, b.x, a.x * b.y)};
}

}  // namespace spinsweep::micromagnetics
