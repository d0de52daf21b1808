#pragma once

#include <span>
#include <vector>

#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/minimum_energy_path.hpp"

namespace spinsweep::retention {

/// A vector field mirrored at the middle of the track. Magnetisations and fields are axial vectors: of them the
/// component along the track stays, the others change their signs, so that a down|up wall remains one.
[[nodiscard]] std::vector<double> mirror_image(const micromagnetics::FieldLayout& layout, std::span<const double> m);

/// The same path of the mirrored film, walked the other way, so that the wall still goes to the right.
[[nodiscard]] micromagnetics::MinimumEnergyPath mirror_image(const micromagnetics::FieldLayout& layout,
                                                             const micromagnetics::MinimumEnergyPath& path);

/// Whether a film and everything that acts on it are their own mirror image: whether the effective field of a random
/// magnetisation becomes, mirrored, that of the mirrored magnetisation. All terms are linear in the magnetisation, so
/// that this holds for every magnetisation if it does for one that has no symmetry of its own.
[[nodiscard]] bool is_mirror_symmetric(micromagnetics::LlgsSystem& system);

}  // namespace spinsweep::retention
