#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "fuzz/target.hpp"

namespace spinsweep::fuzz {

/// What to try.
struct Campaign {
  TargetKind target;
  std::uint64_t first = 0;  ///< number of the first input
  std::uint64_t count = 0;
  unsigned seconds = 60;        ///< an input that takes more processor time, or ten times as long, hangs
  bool lists_refusals = false;  ///< print what each refused input was refused with
  std::filesystem::path
      folder;  ///< for all files; inputs that found something stay in NAME-NUMBER, the log in NAME.log
};

/// An input that the program did not take as it should.
struct Finding {
  std::uint64_t number = 0;
  std::string what;
};

struct Tally {
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;  ///< with a spinsweep::Error of one line
  std::vector<Finding> findings;
  std::vector<Finding> ended_in_hdf5;  ///< crashes and hangs inside HDF5 itself; their stacks are in the log
};

/// Reads inputs in a separate process: when one crashes or hangs, the next process continues after it.
/// Findings are crashes, hangs, exceptions that are no spinsweep::Error, and messages that are not one line.
/// Crashes and hangs inside HDF5 are counted separately: its callers cannot prevent them.
[[nodiscard]] Tally run(const Campaign& campaign);

}  // namespace spinsweep::fuzz
