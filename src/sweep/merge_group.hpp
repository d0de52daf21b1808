#pragma once

#include <cstdint>

#include "store/results_file.hpp"
#include "store/schema.hpp"

namespace spinsweep::sweep {

/// Puts what one group of `input` holds into the same group of `merged`, a file of the same study. The group's
/// variables and dimensions are those of `layout`: HDF5 crashes where a damaged file's own names of dimensions lead
/// nowhere.
///
/// Rows that a status vouches for are taken where `input` says that they are done and `merged` does not, or that they
/// failed and `merged` has nothing; a variable control_... belongs to control_status. What no status vouches for
/// follows from the rows that are done, so each element that is still empty (0 or NaN) in `merged` is taken.
/// Returns how many rows are done that were not before. Errors: EnvironmentError, with the place, if both files have
/// something and it differs; computing times may.
[[nodiscard]] std::uint64_t merge_group(const store::ResultsFile& input, store::ResultsFile& merged,
                                        const store::Group& layout);

}  // namespace spinsweep::sweep
