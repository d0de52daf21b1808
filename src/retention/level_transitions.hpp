#pragma once

#include <span>
#include <vector>

#include "device/parameters.hpp"
#include "network/noise_jumps.hpp"
#include "results/results.hpp"

namespace spinsweep::retention {

/// Jumps between the levels of a network's weights from those between wells. A level whose wall lies in a well, no
/// further away than find_wells() allows, jumps as the well does; a well is left for the level nearest to the well that
/// is reached. Other levels, such as those of a track without a wall, are kept for ever.
/// levels, wells: their conductances, S, levels ascending; between_wells: probabilities, [from][to].
[[nodiscard]] network::LevelTransitions level_transitions(std::span<const double> levels, std::span<const double> wells,
                                                          std::span<const double> between_wells,
                                                          const device::DeviceParameters& p);

/// The same after each of the times of [retention] at each of its temperatures, [temperature][time], of a variant whose
/// retention is known.
[[nodiscard]] std::vector<network::LevelTransitions> level_transitions(const results::Results& results,
                                                                       std::size_t variant,
                                                                       std::span<const double> levels);

}  // namespace spinsweep::retention
