#pragma once

#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::characterization {

/// Writes the depinning currents and their bounds, in A/m^2, of the device with levels, if it is bisected, into
/// /variants: of the variants whose bisection has ended.
/// They follow from the cases that are done, so each call writes them again. Collective: the first rank does it.
/// Errors: EnvironmentError, on all ranks alike.
void write_depinning_currents(results::Results& results, const parallel::Communicator& communicator);

}  // namespace spinsweep::characterization
