#pragma once

#include "results/results.hpp"

namespace spinsweep::programming {

/// Computes from the outcomes of a variant's recipes which one writes each level best, and how well. Does nothing
/// before all of them are done. By one rank.
void summarize(results::Results& results, std::size_t variant);

}  // namespace spinsweep::programming
