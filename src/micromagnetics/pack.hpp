#pragma once

#include <cstddef>
#include <experimental/simd>

#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

/// As many numbers as the processor works on at once. The hot loop says so explicitly because GCC 12 did
/// not vectorise a loop over cells marked "omp simd" whose stencil is a struct.
using Pack = std::experimental::native_simd<double>;

inline Pack load(const double* from) {
  return Pack(from, std::experimental::element_aligned);
}
inline void store(const Pack& pack, double* to) {
  pack.copy_to(to, std::experimental::element_aligned);
}

}  // namespace spinsweep::micromagnetics
