#pragma once

#include <optional>

#include "programming/writable_device.hpp"
#include "results/results.hpp"

namespace spinsweep::programming {

/// Leaves a variant's levels and amplitudes in /programming, their number last: who finds it finds all of them.
void store_plan(results::Results& results, std::size_t variant, const WritingPlan& plan);

/// The levels that an earlier call has left.
[[nodiscard]] std::optional<Levels> stored_levels(const results::Results& results, std::size_t variant);

/// The same, with the amplitudes. reset: magnetisation of the reset state.
[[nodiscard]] std::optional<WritingPlan> stored_plan(const results::Results& results, std::size_t variant,
                                                     std::vector<double> reset);

/// The conductances (S) that a variant's levels were written to, of each of these level conductances (S, as /variants
/// has them).
[[nodiscard]] std::vector<std::vector<double>> written_conductances(const results::Results& results,
                                                                    std::size_t variant,
                                                                    const std::vector<double>& level_conductances);

}  // namespace spinsweep::programming
