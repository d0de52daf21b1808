#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace spinsweep::reuse {

/// Numbers of cases and trainings.
struct MergeOutcome {
  std::uint64_t done = 0;   ///< in the merged file
  std::uint64_t taken = 0;  ///< done, but not in the first file
  std::uint64_t open = 0;   ///< done in none of the files
};

/// Merges results files of one study that was run in parts: the new file has every case and every training that is done
/// in one of them, and the failures of those done in no file. A run can continue it like any other results file.
///
/// Errors: InputError if the files belong to different studies, naming the first difference; EnvironmentError if one is
/// missing, damaged, of another layout or being written to, if `output` exists, or if two files disagree about
/// something that both have done (computing times may differ), naming the variable and the place. Nothing is left of
/// the new file then.
MergeOutcome merge(const std::vector<std::string>& inputs, const std::string& output);

}  // namespace spinsweep::reuse
