#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "base/pack.hpp"

/// Normal numbers from uniform ones by the method of G. E. P. Box and M. E. Muller, Ann. Math. Stat. 29, 610 (1958), in
/// single precision: a radius and a direction in the plane of two independent normal numbers. Loops over them can be
/// vectorised, which the functions of the C library prevent.
namespace spinsweep {

namespace detail {

/// Natural logarithm of a normal number above 0, to 1e-7 relative: the polynomial of S. L. Moshier's Cephes library,
/// logf.
inline float logarithm(float x) {
  constexpr std::int32_t square_root_of_half = 0x3f3504f3;
  const auto bits = std::bit_cast<std::int32_t>(x);
  const std::int32_t exponent = (bits - square_root_of_half) >> 23;
  const float f = std::bit_cast<float>(bits - exponent * (1 << 23)) - 1.0F;
  const auto e = static_cast<float>(exponent);
  float sum = multiply_add(7.0376836292e-2F, f, -1.1514610310e-1F);
  sum = multiply_add(sum, f, 1.1676998740e-1F);
  sum = multiply_add(sum, f, -1.2420140846e-1F);
  sum = multiply_add(sum, f, 1.4249322787e-1F);
  sum = multiply_add(sum, f, -1.6668057665e-1F);
  sum = multiply_add(sum, f, 2.0000714765e-1F);
  sum = multiply_add(sum, f, -2.4999993993e-1F);
  sum = multiply_add(sum, f, 3.3333331174e-1F);
  const float square = f * f;
  float rest = sum * f * square;
  rest = multiply_add(e, -2.12194440e-4F, rest);
  rest = multiply_add(-0.5F, square, rest);
  return multiply_add(e, 0.693359375F, f + rest);
}

}  // namespace detail

struct CosineAndSine {
  float cosine;
  float sine;
};

/// The direction at the fraction number/2^32 of a full turn; polynomials of Cephes' sinf and cosf.
inline CosineAndSine direction_of(std::uint32_t number) {
  constexpr float radians = static_cast<float>(2.0 * std::numbers::pi * 0x1p-32);
  const std::uint32_t quarter = (number + (1U << 29U)) >> 30U;
  const float x = radians * static_cast<float>(static_cast<std::int32_t>(number - (quarter << 30U)));
  const float square = x * x;
  float sine = multiply_add(-1.9515295891e-4F, square, 8.3321608736e-3F);
  sine = multiply_add(sine, square, -1.6666654611e-1F);
  sine = multiply_add(sine * square, x, x);
  float cosine = multiply_add(2.443315711809948e-5F, square, -1.388731625493765e-3F);
  cosine = multiply_add(cosine, square, 4.166664568298827e-2F);
  cosine = multiply_add(cosine * square, square, multiply_add(-0.5F, square, 1.0F));
  const bool swapped = (quarter & 1U) != 0;
  const float c = swapped ? sine : cosine;
  const float s = swapped ? cosine : sine;
  return {((quarter + 1U) & 2U) != 0 ? -c : c, (quarter & 2U) != 0 ? -s : s};
}

/// Distance from the origin of a point with two normal coordinates, from a number that is uniform over all of 32 bits;
/// 6.7 at most.
inline float normal_radius(std::uint32_t number) {
  constexpr float largest_below_one = 0x1.fffffep-1F;
  const auto high = static_cast<float>(static_cast<std::int32_t>(number >> 16U));
  const auto low = static_cast<float>(static_cast<std::int32_t>(number & 0xffffU)) + 0.5F;
  const float uniform = multiply_add(high, 0x1p-16F, low * 0x1p-32F);
  return std::sqrt(-2.0F * detail::logarithm(uniform < largest_below_one ? uniform : largest_below_one));
}

}  // namespace spinsweep
