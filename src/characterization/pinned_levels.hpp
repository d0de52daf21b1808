#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "device/parameters.hpp"
#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"
#include "study/study.hpp"

namespace spinsweep::characterization {

/// What relaxed walls gave, by the variant's number, the same on all ranks.
struct PinnedLevels {
  engine::StageOutcome outcome;
  std::map<std::size_t, std::vector<double>> levels;  ///< S, ascending
  std::map<std::size_t, std::string> failures;        ///< why there are none
};

/// Finds, as a stage, the conductances of a wall relaxed at each notch of a variant and of the track without one: a
/// synapse's levels as its notches make them. Each variant is a task of one rank, which writes its levels to /variants;
/// those that are there already are read. A simulation that fails, or a relaxation beyond RunSettings::time_limit,
/// fails its variant. Collective. Errors: EnvironmentError.
[[nodiscard]] PinnedLevels pinned_levels(const study::DevicePlan& plan, const std::vector<study::Variant>& list,
                                         const study::RunSettings& settings, results::Results& results,
                                         const parallel::Communicator& communicator);

/// The levels of each variant that /variants has. Collective.
[[nodiscard]] std::map<std::size_t, std::vector<double>> stored_levels(const results::Results& results,
                                                                       const parallel::Communicator& communicator);

/// How far the junction's conductance can change, S.
[[nodiscard]] double conductance_range(const device::TunnelJunction& mtj);

/// How far along the track a wall lies for a conductance of the whole track (S), but for a constant and the sign, m.
[[nodiscard]] double place_of_conductance(double conductance, const device::DeviceParameters& p);

/// The conductances (S) of walls at least a cell apart, ascending; of closer walls, which are the same state, the
/// first.
[[nodiscard]] std::vector<double> distinct_levels(std::vector<double> conductances, const device::DeviceParameters& p);

/// Leaves a variant's levels in /variants, their number last: who finds it finds all of them.
void write_levels(results::Results& results, std::size_t variant, const std::vector<double>& levels);

}  // namespace spinsweep::characterization
