#pragma once

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <cmath>
#include <cstddef>
#include <experimental/simd>
#include <type_traits>

/// Packs of numbers and the multiply-adds of the hot loops.
///
/// A compiler that may contract a * b + c decides for each place in which an expression is inlined whether it rounds
/// once or twice; GCC 12 tuned for Zen decides differently in loops that must agree to the last bit. Everything is
/// therefore compiled with -ffp-contract=off, and loops that need the speed of a fused multiply-add call the functions
/// below (docs/decisions/0070).
namespace spinsweep {

/// As many numbers as the processor works on at once. Hot loops name packs explicitly because GCC 12 does not vectorise
/// a loop over cells marked "omp simd" whose stencil is a struct.
template <class Scalar>
using Pack = std::experimental::native_simd<Scalar>;

template <class Scalar>
Pack<Scalar> load(const Scalar* from) {
  return Pack<Scalar>(from, std::experimental::element_aligned);
}

template <class Scalar>
void copy_to(const Pack<Scalar>& pack, Scalar* to) {
  pack.copy_to(to, std::experimental::element_aligned);
}

/// The first `count` numbers, the rest zero.
template <class Scalar>
Pack<Scalar> load_part(const Scalar* from, std::size_t count) {
  return Pack<Scalar>([&](auto lane) { return lane < count ? from[lane] : Scalar(0); });
}

template <class Scalar>
void copy_part_to(const Pack<Scalar>& pack, Scalar* to, std::size_t count) {
  for (std::size_t lane = 0; lane < count; ++lane) {
    to[lane] = pack[lane];
  }
}

#if defined(__FMA__)
/// Whether multiply_add() rounds once. Where the processor has no such instruction it rounds twice.
inline constexpr bool has_fused_multiply_add = true;
#else
inline constexpr bool has_fused_multiply_add = false;
#endif

/// a * b + c
template <class Scalar>
requires std::is_floating_point_v<Scalar> Scalar multiply_add(Scalar a, Scalar b, Scalar c) {
  if constexpr (has_fused_multiply_add) {
    return std::fma(a, b, c);
  } else {
    return a * b + c;
  }
}

/// c - a * b
template <class Scalar>
requires std::is_floating_point_v<Scalar> Scalar negative_multiply_add(Scalar a, Scalar b, Scalar c) {
  return multiply_add(-a, b, c);
}

// std::experimental::fma() of libstdc++ 12 calls the scalar function for each number, hence the intrinsics.

/// a * b + c
template <class Scalar>
Pack<Scalar> multiply_add(const Pack<Scalar>& a, const Pack<Scalar>& b, const Pack<Scalar>& c) {
#if defined(__AVX512F__)
  if constexpr (std::is_same_v<Scalar, double>) {
    return Pack<Scalar>(_mm512_fmadd_pd(static_cast<__m512d>(a), static_cast<__m512d>(b), static_cast<__m512d>(c)));
  } else {
    return Pack<Scalar>(_mm512_fmadd_ps(static_cast<__m512>(a), static_cast<__m512>(b), static_cast<__m512>(c)));
  }
#elif defined(__FMA__)
  if constexpr (std::is_same_v<Scalar, double>) {
    return Pack<Scalar>(_mm256_fmadd_pd(static_cast<__m256d>(a), static_cast<__m256d>(b), static_cast<__m256d>(c)));
  } else {
    return Pack<Scalar>(_mm256_fmadd_ps(static_cast<__m256>(a), static_cast<__m256>(b), static_cast<__m256>(c)));
  }
#else
  return a * b + c;
#endif
}

/// c - a * b
template <class Scalar>
Pack<Scalar> negative_multiply_add(const Pack<Scalar>& a, const Pack<Scalar>& b, const Pack<Scalar>& c) {
#if defined(__AVX512F__)
  if constexpr (std::is_same_v<Scalar, double>) {
    return Pack<Scalar>(_mm512_fnmadd_pd(static_cast<__m512d>(a), static_cast<__m512d>(b), static_cast<__m512d>(c)));
  } else {
    return Pack<Scalar>(_mm512_fnmadd_ps(static_cast<__m512>(a), static_cast<__m512>(b), static_cast<__m512>(c)));
  }
#elif defined(__FMA__)
  if constexpr (std::is_same_v<Scalar, double>) {
    return Pack<Scalar>(_mm256_fnmadd_pd(static_cast<__m256d>(a), static_cast<__m256d>(b), static_cast<__m256d>(c)));
  } else {
    return Pack<Scalar>(_mm256_fnmadd_ps(static_cast<__m256>(a), static_cast<__m256>(b), static_cast<__m256>(c)));
  }
#else
  return c - a * b;
#endif
}

}  // namespace spinsweep
