#pragma once

#include <string>

#include "analysis/jump_table.hpp"

namespace spinsweep::exports {

/// A jump table as CrossSim 2.0 has it: a header, a row of conductances (S), a row of points of the cumulative
/// distribution, then a row of changes (S) for each of these points; numbers are separated by commas.
[[nodiscard]] std::string jump_table_text(const analysis::JumpTable& table);

}  // namespace spinsweep::exports
