#pragma once

#include <filesystem>
#include <string>

#include "analysis/jump_table.hpp"

namespace spinsweep::analysis {

/// Reads a jump table as CrossSim 2.0 and `spinsweep export --format jump-table` write it, plain or gzipped: a header,
/// a row of conductances (S), a row of points of the cumulative distribution, then a row of changes (S) for each of
/// these points; numbers are separated by commas. Errors: InputError with file and line of what is wrong.
[[nodiscard]] JumpTable read_jump_table(const std::filesystem::path& file);

/// The pulses that raise the conductance of a device and those that lower it.
struct JumpTables {
  JumpTable increasing;
  JumpTable decreasing;

  template <class Archive>
  void serialize(Archive& archive, unsigned /*version*/) {
    archive& increasing& decreasing;
  }

  /// S, of both tables together.
  [[nodiscard]] double lowest() const;
  [[nodiscard]] double highest() const;
};

/// Mean change by a pulse, over the distribution and all conductances, S.
[[nodiscard]] double mean_change(const JumpTable& table);

/// Makes sure that one table raises the conductance and the other lowers it. Errors: InputError that begins with the
/// name of the wrong table.
void check_directions(const JumpTables& tables, const std::string& increasing_name, const std::string& decreasing_name);

}  // namespace spinsweep::analysis
