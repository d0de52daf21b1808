#pragma once

#include <cstddef>

#include "base/pack.hpp"
#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

/// The vectors of several cells next to each other.
using VectorPack = BasicVector3<Pack<double>>;

/// Those of a vector field from the cell at `index` of its x component on. size: of a component.
inline VectorPack load_vectors(const double* field, std::size_t index, std::size_t size) {
  return {load(field + index), load(field + index + size), load(field + index + 2 * size)};
}

/// The inverse.
inline void store_vectors(const VectorPack& vectors, double* field, std::size_t index, std::size_t size) {
  copy_to(vectors.x, field + index);
  copy_to(vectors.y, field + index + size);
  copy_to(vectors.z, field + index + 2 * size);
}

}  // namespace spinsweep::micromagnetics
