#pragma once

#include <cstddef>
#include <experimental/simd>

namespace spinsweep::network {

/// As many numbers as the processor works on at once.
template <class Scalar>
using Pack = std::experimental::native_simd<Scalar>;

template <class Scalar>
Pack<Scalar> load(const Scalar* from) {
  return Pack<Scalar>(from, std::experimental::element_aligned);
}

template <class Scalar>
void store(const Pack<Scalar>& pack, Scalar* to) {
  pack.copy_to(to, std::experimental::element_aligned);
}

/// The first `count` numbers, the rest zero.
template <class Scalar>
Pack<Scalar> load_part(const Scalar* from, std::size_t count) {
  return Pack<Scalar>([&](auto lane) { return lane < count ? from[lane] : Scalar(0); });
}

template <class Scalar>
void store_part(const Pack<Scalar>& pack, Scalar* to, std::size_t count) {
  for (std::size_t lane = 0; lane < count; ++lane) {
    to[lane] = pack[lane];
  }
}

}  // namespace spinsweep::network
