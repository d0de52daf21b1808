#pragma once

#include <vector>

#include "engine/failure.hpp"
#include "results/results.hpp"

namespace spinsweep::programming {

/// Computes from the outcomes of each variant's recipes which one writes each level best, and how well: of the variants
/// all of whose recipes are done. A variant of which writing reaches fewer than two levels fails. Warns in one line of
/// levels that no write reaches. By one rank; returns what failed.
[[nodiscard]] std::vector<engine::Failure> summarize(results::Results& results);

}  // namespace spinsweep::programming
