#pragma once

#include "results/results.hpp"

namespace spinsweep::programming {

/// Computes from the outcomes of each variant's recipes which one writes each level best, and how well: of the variants
/// all of whose recipes are done. By one rank.
void summarize(results::Results& results);

}  // namespace spinsweep::programming
