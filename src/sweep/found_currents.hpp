#pragma once

#include "store/results_file.hpp"
#include "study/study.hpp"

namespace spinsweep::sweep {

/// Puts the current densities that a bisection has found so far into the plan; without a bisection it stays as it is.
/// Not collective. Errors: EnvironmentError.
void fill_in_found_currents(study::DevicePlan& plan, const store::ResultsFile& file);

}  // namespace spinsweep::sweep
