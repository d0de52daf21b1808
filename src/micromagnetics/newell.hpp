#pragma once

#include <array>
#include <functional>

namespace spinsweep::micromagnetics {

/// Components of the symmetric demagnetising tensor between two cells of the same layer; xz and yz vanish there.
struct DemagTensor {
  double xx = 0.0;
  double yy = 0.0;
  double zz = 0.0;
  double xy = 0.0;
};

/// Tensor N of the mean field of a uniformly magnetised cell with edges `size` (m) in an equal cell displaced by (x, y)
/// (m), H = -N M. Exact in exact arithmetic: A. J. Newell, W. Williams and D. J. Dunlop, J. Geophys.
/// Res. 98, 9551 (1993), eqs. 19, 27, 28, 32. Cancellation costs about (distance/edge)^6 in relative accuracy, so it is
/// used for near cells and evaluated in extended precision.
[[nodiscard]] DemagTensor newell_tensor(const std::array<double, 3>& size, double x, double y);

/// The same tensor by Gauss quadrature of the dipole field over both cells, whose pairwise mean is an integral with the
/// triangular weight (1 - |u|) along each edge. With six nodes an edge its relative error is below 1e-10 beyond
/// eight edges.
[[nodiscard]] DemagTensor far_tensor(const std::array<double, 3>& size, double x, double y);

/// Of the two, the one that is accurate at that distance.
[[nodiscard]] DemagTensor demag_tensor(const std::array<double, 3>& size, double x, double y);

/// A function that computes that tensor.
using TensorFunction = std::function<DemagTensor(const std::array<double, 3>& size, double x, double y)>;

}  // namespace spinsweep::micromagnetics
