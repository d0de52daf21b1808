#pragma once

#include <vector>

#include "device/common_parameters.hpp"
#include "micromagnetics/mesh.hpp"

namespace spinsweep::device {

/// The mesh of a track; length and width are rounded to whole cells.
[[nodiscard]] micromagnetics::Mesh make_mesh(const Track& track);

/// x of each pair of notches, m, left to right.
[[nodiscard]] std::vector<double> notch_positions(const Track& track, const Notches& notches);

/// Which cells are magnetic: all but those whose centre lies inside a notch. A notch is centred on a long edge.
[[nodiscard]] micromagnetics::Mask make_mask(const Track& track, const Notches& notches);

}  // namespace spinsweep::device
