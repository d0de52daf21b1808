#include "micromagnetics/newell.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace spinsweep::micromagnetics {

namespace {

using Extended = long double;

/// Newell et al., eq. 27.
Extended newell_f(Extended x, Extended y, Extended z) {
  x = std::abs(x);
  y = std::abs(y);
  z = std::abs(z);
  const Extended xx = x * x;
  const Extended yy = y * y;
  const Extended zz = z * z;
  const Extended r = std::sqrt(xx + yy + zz);
  Extended sum = (2 * xx - yy - zz) * r / 6;
  if (xx + zz > 0) {
    sum += y / 2 * (zz - xx) * std::asinh(y / std::sqrt(xx + zz));
  }
  if (xx + yy > 0) {
    sum += z / 2 * (yy - xx) * std::asinh(z / std::sqrt(xx + yy));
  }
  if (x * r > 0) {
    sum -= x * y * z * std::atan(y * z / (x * r));
  }
  return sum;
}

/// Newell et al., eq. 32; even in z.
Extended newell_g(Extended x, Extended y, Extended z) {
  z = std::abs(z);
  const Extended xx = x * x;
  const Extended yy = y * y;
  const Extended zz = z * z;
  const Extended r = std::sqrt(xx + yy + zz);
  Extended sum = -x * y * r / 3;
  if (xx + yy > 0) {
    sum += x * y * z * std::asinh(z / std::sqrt(xx + yy));
  }
  if (yy + zz > 0) {
    sum += y / 6 * (3 * zz - yy) * std::asinh(x / std::sqrt(yy + zz));
  }
  if (xx + zz > 0) {
    sum += x / 6 * (3 * zz - xx) * std::asinh(y / std::sqrt(xx + zz));
  }
  if (z * r > 0) {
    sum -= z * zz / 6 * std::atan(x * y / (z * r));
  }
  if (y != 0 && r > 0) {
    sum -= z * yy / 2 * std::atan(x * z / (y * r));
  }
  if (x != 0 && r > 0) {
    sum -= z * xx / 2 * std::atan(y * z / (x * r));
  }
  return sum;
}

/// The threefold second difference of `function` around (x, y, 0), over 4 pi times the volume of a cell.
template <class Function>
double second_differences(Function function, const std::array<Extended, 3>& size, Extended x, Extended y) {
  constexpr std::array<int, 3> weights = {-1, 2, -1};
  Extended sum = 0;
  for (int i = -1; i <= 1; ++i) {
    for (int j = -1; j <= 1; ++j) {
      for (int k = -1; k <= 1; ++k) {
        const int weight = weights[static_cast<std::size_t>(i + 1)] * weights[static_cast<std::size_t>(j + 1)] *
                           weights[static_cast<std::size_t>(k + 1)];
        sum += weight * function(x + i * size[0], y + j * size[1], k * size[2]);
      }
    }
  }
  const Extended volume = size[0] * size[1] * size[2];
  return static_cast<double>(sum / (4 * std::numbers::pi_v<Extended> * volume));
}

}  // namespace

DemagTensor newell_tensor(const std::array<double, 3>& size, double x, double y) {
  // In units of the largest edge, so that no power of a nanometre underflows.
  const double unit = *std::max_element(size.begin(), size.end());
  const auto scaled = [unit](double length) { return static_cast<Extended>(length / unit); };
  const std::array<Extended, 3> edges = {scaled(size[0]), scaled(size[1]), scaled(size[2])};
  const Extended u = scaled(x);
  const Extended v = scaled(y);
  const auto yy = [](Extended a, Extended b, Extended c) { return newell_f(b, a, c); };
  const auto zz = [](Extended a, Extended b, Extended c) { return newell_f(c, b, a); };
  return {.xx = second_differences(newell_f, edges, u, v),
          .yy = second_differences(yy, edges, u, v),
          .zz = second_differences(zz, edges, u, v),
          .xy = second_differences(newell_g, edges, u, v)};
}

DemagTensor far_tensor(const std::array<double, 3>& size, double x, double y) {
  // Gauss nodes for the weight 1 - |u| on [-1, 1]; the rule is symmetric and exact for polynomials up to degree 11.
  constexpr std::array<double, 3> nodes = {0.19426367677504, 0.5766148082484873, 0.8657382949788189};
  constexpr std::array<double, 3> weights = {0.3230222046394170, 0.1474812337052737, 0.0294965616553095};
  DemagTensor sum;
  for (std::size_t i = 0; i < 6; ++i) {
    const double rx = x + (i < 3 ? nodes[i] : -nodes[i - 3]) * size[0];
    for (std::size_t j = 0; j < 6; ++j) {
      const double ry = y + (j < 3 ? nodes[j] : -nodes[j - 3]) * size[1];
      const double plane_weight = weights[i % 3] * weights[j % 3];
      for (std::size_t k = 0; k < 3; ++k) {
        const double rz = nodes[k] * size[2];
        const double square = rx * rx + ry * ry + rz * rz;
        const double weight = 2.0 * plane_weight * weights[k] / (square * std::sqrt(square));
        sum.xx += weight * (1.0 - 3.0 * rx * rx / square);
        sum.yy += weight * (1.0 - 3.0 * ry * ry / square);
        sum.zz += weight * (1.0 - 3.0 * rz * rz / square);
        sum.xy -= weight * 3.0 * rx * ry / square;
      }
    }
  }
  const double factor = size[0] * size[1] * size[2] / (4.0 * std::numbers::pi);
  return {factor * sum.xx, factor * sum.yy, factor * sum.zz, factor * sum.xy};
}

DemagTensor demag_tensor(const std::array<double, 3>& size, double x, double y) {
  constexpr double near_edges = 8.0;
  const double largest_edge = *std::max_element(size.begin(), size.end());
  return std::hypot(x, y) < near_edges * largest_edge ? newell_tensor(size, x, y) : far_tensor(size, x, y);
}

}  // namespace spinsweep::micromagnetics
