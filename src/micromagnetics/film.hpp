#pragma once

#include <memory>

#include "micromagnetics/material.hpp"
#include "micromagnetics/material_maps.hpp"
#include "micromagnetics/mesh.hpp"

namespace spinsweep::micromagnetics {

/// A ferromagnetic film: what it is made of and where it is.
struct Film {
  Material material;
  Mesh mesh;
  Mask mask;
  std::shared_ptr<const MaterialMaps> maps;  ///< null if the material is the same everywhere
};

}  // namespace spinsweep::micromagnetics
