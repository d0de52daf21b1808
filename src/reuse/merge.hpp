#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace spinsweep::reuse {

/// What a merge put together.
struct MergeOutcome {
  std::uint64_t done = 0;   ///< cases and trainings that are done in the merged file
  std::uint64_t taken = 0;  ///< of these, those that the first file did not have
  std::uint64_t open = 0;   ///< those that no file has done
};

/// Joins results files of one study that was run apart: the new file has every case and every training that one of them
/// has done, and the failures of what none has done. It can be gone on with like any other.
///
/// Errors: InputError if the files belong to different studies, naming the first difference; EnvironmentError if one is
/// missing, damaged, of another layout or being written to, if `output` exists, or if two files disagree about
/// something that both have done (computing times may differ), naming the variable and the place. Nothing is left of
/// the new file then.
MergeOutcome merge(const std::vector<std::string>& inputs, const std::string& output);

}  // namespace spinsweep::reuse
