#pragma once

#include <type_traits>

namespace spinsweep::micromagnetics {

/// A vector in space, of numbers or of packs of numbers (one for each of several cells, see pack.hpp).
template <class Real>
struct BasicVector3 {
  Real x{};
  Real y{};
  Real z{};

  friend constexpr BasicVector3 operator+(BasicVector3 a, BasicVector3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
  friend constexpr BasicVector3 operator-(BasicVector3 a, BasicVector3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
  friend constexpr BasicVector3 operator*(Real s, BasicVector3 a) { return {s * a.x, s * a.y, s * a.z}; }
};

using Vector3 = BasicVector3<double>;

template <class Real>
constexpr Real dot(BasicVector3<Real> a, BasicVector3<Real> b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

template <class Real>
constexpr BasicVector3<Real> cross(BasicVector3<Real> a, BasicVector3<Real> b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

}  // namespace spinsweep::micromagnetics
