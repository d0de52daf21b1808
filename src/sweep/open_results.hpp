#pragma once

#include "parallel/communicator.hpp"
#include "results/results.hpp"
#include "study/study.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::sweep {

/// Opens the run's results file for writing by all ranks; the first one has made it, or found it to be this study's,
/// and has given cases back that a killed run left behind as running. Collective. Errors, on all ranks alike:
/// InputError if the file belongs to another study, is the sweep file or the one to reuse, or is no results file that
/// --force might replace; EnvironmentError as store::create() and store::ResultsFile.
[[nodiscard]] results::Results open_results(const RunRequest& request, const study::Study& study,
                                            const parallel::Communicator& communicator);

}  // namespace spinsweep::sweep
