#include "micromagnetics/normal_numbers.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "base/pack.hpp"
#include "base/philox.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// Counters whose numbers are computed side by side. Each counter's four numbers serve two cells.
constexpr std::size_t lanes = 16;
constexpr std::size_t block_cells = 2 * lanes;

using Words = std::array<std::array<std::uint32_t, lanes>, 4>;

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

struct CosineAndSine {
  float cosine;
  float sine;
};

/// Of a fraction number/2^32 of a full turn; polynomials of Cephes' sinf and cosf.
inline CosineAndSine of_turn(std::uint32_t number) {
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

inline float radius(std::uint32_t number) {
  constexpr float largest_below_one = 0x1.fffffep-1F;
  const auto high = static_cast<float>(static_cast<std::int32_t>(number >> 16U));
  const auto low = static_cast<float>(static_cast<std::int32_t>(number & 0xffffU)) + 0.5F;
  const float uniform = multiply_add(high, 0x1p-16F, low * 0x1p-32F);
  return std::sqrt(-2.0F * logarithm(uniform < largest_below_one ? uniform : largest_below_one));
}

[[gnu::flatten]] void fill_words(const NoisePlace& place, std::uint32_t first_counter, Words& words) {
  // Not a structured binding, which clang 16 does not survive in a loop marked "omp simd".
  auto& a = words[0];
  auto& b = words[1];
  auto& c = words[2];
  auto& d = words[3];
#pragma omp simd
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    std::uint32_t w0 = first_counter + static_cast<std::uint32_t>(lane);
    std::uint32_t w1 = place.row;
    auto w2 = static_cast<std::uint32_t>(place.update);
    auto w3 = static_cast<std::uint32_t>(place.update >> 32U);
    philox_4x32_10(w0, w1, w2, w3, place.seed);
    a[lane] = w0;
    b[lane] = w1;
    c[lane] = w2;
    d[lane] = w3;
  }
}

[[gnu::flatten]] void convert(const std::array<std::uint32_t, lanes>& radii,
                              const std::array<std::uint32_t, lanes>& turns, float* first, float* second) {
#pragma omp simd
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const float r = radius(radii[lane]);
    const CosineAndSine direction = of_turn(turns[lane]);
    first[lane] = r * direction.cosine;
    second[lane] = r * direction.sine;
  }
}

}  // namespace

float normal_radius(std::uint32_t number) {
  return radius(number);
}

std::size_t padded_normal_numbers(std::size_t cells) {
  return (cells + block_cells - 1) / block_cells * block_cells;
}

void fill_normal_numbers(const NoisePlace& place, std::span<float> first, std::span<float> second) {
  Words words;
  for (std::size_t cell = 0; cell < first.size(); cell += block_cells) {
    fill_words(place, static_cast<std::uint32_t>(cell / 2), words);
    convert(words[0], words[1], first.data() + cell, second.data() + cell);
    convert(words[2], words[3], first.data() + cell + lanes, second.data() + cell + lanes);
  }
}

}  // namespace spinsweep::micromagnetics
