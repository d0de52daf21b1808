#pragma once

#include "store/results_file.hpp"
#include "store/schema.hpp"
#include "study/study.hpp"

namespace spinsweep::sweep {

/// The study that a results file was made for, as the file itself has it. Whoever reads the file by it may rely on
/// every variable's type and shape. Not collective. Errors: EnvironmentError if this is no results file of this
/// program's layout, if its sweep file cannot be read, or if a variable is missing or not as that sweep demands.
[[nodiscard]] study::Study read_stored_study(const store::ResultsFile& file);

/// Checks the variables against a study that is known from elsewhere. Errors: EnvironmentError naming the first
/// variable that is missing or of another type or shape.
void require_layout(const store::ResultsFile& file, const study::Study& study);

/// What a study's results file consists of: groups, variables and their dimensions. The sizes that data sets and the
/// number of ranks decide are 1.
[[nodiscard]] store::Schema layout_of(const study::Study& study);

}  // namespace spinsweep::sweep
