#pragma once

#include "parallel/communicator.hpp"
#include "store/results_file.hpp"
#include "study/study.hpp"

namespace spinsweep::sweep {

/// Computes /analysis from what the file holds: when each notch lets the wall go, how even the levels are, and what
/// these and the accuracies depend on. What is not known yet stays NaN; doing it again after more cases are done
/// completes it. Collective; the first rank works.
void run_analysis_stage(const study::Study& study, store::ResultsFile& file,
                        const parallel::Communicator& communicator);

/// Parts of it, for the first rank alone.
void analyse_notches(const study::Study& study, store::ResultsFile& file);
void analyse_levels(store::ResultsFile& file);
void analyse_device_quantities(const study::Study& study, store::ResultsFile& file);
void analyse_accuracies(const study::Study& study, store::ResultsFile& file);

}  // namespace spinsweep::sweep
