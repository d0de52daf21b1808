#include "export/jump_table_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace spinsweep::exports {

std::string jump_table_text(const analysis::JumpTable& table) {
  std::string text =
      "1st Row = Gbins, 2nd Row = CDF Points, 3rd row onward = dG matrix (rows = CDF, columns = Gbins)\n";
  text += fmt::format("{:.8e}\n{:.6f}\n", fmt::join(table.conductance, ","), fmt::join(table.probability, ","));
  for (const auto& row : table.change) {
    text += fmt::format("{:.8e}\n", fmt::join(row, ","));
  }
  return text;
}

}  // namespace spinsweep::exports
