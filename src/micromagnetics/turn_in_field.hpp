#pragma once

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>

#include "base/pack.hpp"
#include "micromagnetics/vector3.hpp"

/// Exact motions of a unit vector: damped precession about a field that does not change, and a random turn.
namespace spinsweep::micromagnetics {

/// How far a turn goes: the parameters of turned() for one field.
template <class Real>
struct Turn {
  Real damping;   ///< a in units of |g|
  Real rotation;  ///< b in units of |g|
  Real square;    ///< a^2 + b^2
};

/// Damped precession of m about a constant field for some time: a rotation about the field and an approach to it, which
/// together are a Moebius transformation of the sphere. In stereographic coordinates about the field it multiplies by
///
///   E = (1 + y)/(1 - y),   y = |g| (-a + i b),
///
/// so that |E| is the decay of a small deviation from the field and arg(E) its angle of precession. It needs one division and
/// keeps |m| = 1. g: along the field. A cell without magnetisation, m = 0, must be treated by the caller.
template <class Real>
[[nodiscard]] BasicVector3<Real> turned(const BasicVector3<Real>& m, const BasicVector3<Real>& g,
                                        const Turn<Real>& turn) {
  const Real along = dot(g, m);
  const Real q = turn.square * dot(g, g);
  const Real denominator = multiply_add(Real(2.0) * turn.damping, along, Real(1.0) + q);
  const Real of_g = Real(2.0) * multiply_add(turn.square, along, turn.damping);
  const BasicVector3<Real> sum =
      multiply_add(Real(2.0) * turn.rotation, cross(g, m), multiply_add(of_g, g, (Real(1.0) - q) * m));
  return (Real(1.0) / denominator) * sum;
}

/// Turns for fields of any strength: y as a function of z = |g| (-damping + i). With g = gamma0/(1 + damping^2) H t/2
/// the precession for the time t about the field H multiplies by E = exp(2 z).
class TurnSeries {
 public:
  /// y = z (1 + third z^2 + fifth z^4)
  TurnSeries(double damping, double third, double fifth) {
    const std::complex<double> direction(-damping, 1.0);
    const std::complex<double> square = direction * direction;
    const std::array<std::complex<double>, 3> terms = {direction, third * square * direction,
                                                       fifth * square * square * direction};
    for (std::size_t k = 0; k < terms.size(); ++k) {
      damping_[k] = -terms[k].real();
      rotation_[k] = terms[k].imag();
    }
  }

  /// The motion itself: y = tanh(z), up to z^7.
  static TurnSeries exact(double damping) { return {damping, -1.0 / 3.0, 2.0 / 15.0}; }

  /// Half of a step of the chessboard in which E is the Cayley transform (1 + 2 z)/(1 - 2 z) for the whole step: y is
  /// (1 - sqrt(1 - (2 z)^2))/(2 z), up to z^7.
  static TurnSeries half_of_cayley_transform(double damping) { return {damping, 1.0, 2.0}; }

  /// square: |g|^2
  template <class Real>
  [[nodiscard]] Turn<Real> at(const Real& square) const {
    const auto sum = [&square](const std::array<double, 3>& c) {
      return multiply_add(multiply_add(Real(c[2]), square, Real(c[1])), square, Real(c[0]));
    };
    const Real a = sum(damping_);
    const Real b = sum(rotation_);
    return {a, b, multiply_add(a, a, b * b)};
  }

 private:
  std::array<double, 3> damping_;
  std::array<double, 3> rotation_;
};

/// A step of the Brownian motion on the sphere, correct to second order in the variance of x1 and x2, independent
/// normal numbers of equal variance v: m moves by them in two directions of its tangent plane, and the mean of a
/// spherical harmonic of degree l decays by exp(-l(l + 1) v/2) to order v^2. The angle follows from
/// cos(angle) = 2 exp(-(x1^2 + x2^2)/4) - 1. Tangent plane: T. Duff and others, J. Comput. Graph. Tech. 6, 1 (2017).
template <class Real>
[[nodiscard]] BasicVector3<Real> randomly_turned(const BasicVector3<Real>& m, const Real& x1, const Real& x2) {
  using std::copysign;
  const Real sign = copysign(Real(1.0), m.z);
  const Real a = Real(-1.0) / (sign + m.z);
  const Real b = m.x * m.y * a;
  const BasicVector3<Real> first = {multiply_add(sign * m.x, m.x * a, Real(1.0)), sign * b, Real(0.0) - sign * m.x};
  const BasicVector3<Real> second = {b, multiply_add(m.y, m.y * a, sign), Real(0.0) - m.y};
  const Real square = multiply_add(x1, x1, x2 * x2);
  // tan(angle/2)/sqrt(square), and 2/(1 + tan^2)
  const Real stretch =
      Real(0.5) * multiply_add(square, multiply_add(square, Real(5.0 / 1536.0), Real(1.0 / 16.0)), Real(1.0));
  const Real tangent_square = stretch * stretch * square;
  const Real scale = Real(2.0) / (Real(1.0) + tangent_square);
  const BasicVector3<Real> shift = multiply_add(stretch * x1, first, (stretch * x2) * second);
  return multiply_add(scale, shift, (scale - Real(1.0)) * m);
}

/// `after` in the lanes in which `before` is a unit vector, zero where it is zero.
template <class Real>
[[nodiscard]] BasicVector3<Real> where_magnetic(const BasicVector3<Real>& before, BasicVector3<Real> after) {
  const auto vacant = dot(before, before) < Real(0.5);
  where(vacant, after.x) = Real(0.0);
  where(vacant, after.y) = Real(0.0);
  where(vacant, after.z) = Real(0.0);
  return after;
}

}  // namespace spinsweep::micromagnetics
