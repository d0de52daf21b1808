#pragma once

#include "parallel/communicator.hpp"
#include "store/results_file.hpp"
#include "study/study.hpp"

namespace spinsweep::sweep {

/// Puts the current densities that a bisection has found so far into the plan; without a bisection it stays as it is.
/// Not collective. Errors: EnvironmentError.
void fill_in_found_currents(study::DevicePlan& plan, const store::ResultsFile& file);

/// Writes the depinning currents and their bounds, in A/m^2, of the variants whose bisection has ended into /variants:
/// anew each time, for they follow from the cases that are done. Collective: the first rank does it. Errors:
/// EnvironmentError, on all ranks alike.
void write_depinning_currents(const study::DevicePlan& plan, store::ResultsFile& file,
                              const parallel::Communicator& communicator);

}  // namespace spinsweep::sweep
