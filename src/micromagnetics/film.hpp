#pragma once

#include <memory>

#include "micromagnetics/current_map.hpp"
#include "micromagnetics/material.hpp"
#include "micromagnetics/material_maps.hpp"
#include "micromagnetics/mesh.hpp"

namespace spinsweep::micromagnetics {

/// A ferromagnetic film: what it is made of and where it is.
struct Film {
  Material material;
  Mesh mesh;
  Mask mask;
  std::shared_ptr<const MaterialMaps> maps;             ///< null if the material is the same everywhere
  std::shared_ptr<const CurrentMap> current = nullptr;  ///< null if the current is the same everywhere, along +x
};

}  // namespace spinsweep::micromagnetics
