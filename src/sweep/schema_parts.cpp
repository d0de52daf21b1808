#include "sweep/schema_parts.hpp"

#include <algorithm>
#include <utility>

#include "base/not_a_number.hpp"

namespace spinsweep::sweep {

using store::Everywhere;
using store::Type;
using store::Variable;

std::uint64_t checkpoint_rows(int ranks) {
  constexpr int fewest = 8;
  return static_cast<std::uint64_t>(std::max(ranks, fewest));
}

Variable later(std::string name, std::vector<std::string> dimensions, std::string units, std::string long_name) {
  return {.name = std::move(name),
          .dimensions = std::move(dimensions),
          .units = std::move(units),
          .long_name = std::move(long_name),
          .fill_value = not_a_number,
          .initial = Everywhere{not_a_number}};
}

Variable rows(std::string name, std::vector<std::string> dimensions, std::string units, std::string long_name,
              Type type) {
  return {.name = std::move(name),
          .type = type,
          .dimensions = std::move(dimensions),
          .units = std::move(units),
          .long_name = std::move(long_name)};
}

}  // namespace spinsweep::sweep
