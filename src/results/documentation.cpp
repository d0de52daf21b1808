#include "results/documentation.hpp"

#include <fmt/format.h>

namespace spinsweep::results {

std::string documentation_of(const Group& group) {
  std::string text = "| variable | over | unit | what it is |\n|---|---|---|---|\n";
  for (const Description* variable : group.variables()) {
    std::string dimensions;
    for (const Dimension* dimension : variable->dimensions) {
      dimensions += (dimensions.empty() ? "" : ", ") + std::string(dimension->name);
    }
    text += fmt::format("| `{}` | {} | {} | {}{}{} |\n", variable->name, dimensions, variable->units,
                        variable->long_name, variable->remark.empty() ? "" : "; ", variable->remark);
  }
  return text;
}

}  // namespace spinsweep::results
