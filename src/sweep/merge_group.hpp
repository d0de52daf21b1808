#pragma once

#include <cstdint>
#include <string>

#include "store/results_file.hpp"

namespace spinsweep::sweep {

/// Puts what one group of `input` holds into the same group of `merged`, a file of the same study.
///
/// Rows that a status vouches for are taken where `input` says that they are done and `merged` does not, or that they
/// failed and `merged` has nothing; a variable control_... belongs to control_status. What no status vouches for
/// follows from the rows that are done, so each element that is still empty (0 or NaN) in `merged` is taken.
/// Returns how many rows are done that were not before. Errors: EnvironmentError, with the place, if both files have
/// something and it differs; computing times may.
[[nodiscard]] std::uint64_t merge_group(const store::ResultsFile& input, store::ResultsFile& merged,
                                        const std::string& group);

}  // namespace spinsweep::sweep
