#pragma once

#include <array>
#include <span>
#include <vector>

#include "device/parameters.hpp"
#include "network/noise_jumps.hpp"
#include "results/results.hpp"

namespace spinsweep::retention {

/// The wells of a variant and what becomes of a wall in each of them after some time.
struct WellTransitions {
  std::vector<double> conductances;   ///< of the wells, S
  std::vector<double> between_wells;  ///< probabilities, [from][to]
  std::vector<double> losses = {};  ///< that the wall is lost over the left or the right end, [from][end]; empty: never
  std::array<double, 2> without_wall = {};  ///< conductance after that, S
};

/// Jumps between the levels of a network's weights from those between wells. A level whose wall lies in a well, no
/// further away than find_wells() allows, jumps as the well does; a well is left for the level nearest to the well that
/// is reached, or for the conductance of the track without a wall. Other levels, such as those of a track without a
/// wall, are kept for ever. levels: their conductances, S, ascending.
[[nodiscard]] network::LevelTransitions level_transitions(std::span<const double> levels, const WellTransitions& wells,
                                                          const device::DeviceParameters& p);

/// The same after each of the times of [retention] at each of its temperatures, [temperature][time], of a variant whose
/// retention is known.
[[nodiscard]] std::vector<network::LevelTransitions> level_transitions(const results::Results& results,
                                                                       std::size_t variant,
                                                                       std::span<const double> levels);

}  // namespace spinsweep::retention
