#include "results/variable.hpp"

#include <array>

namespace spinsweep::results {

std::string_view name_of(Role role) {
  static constexpr std::array<std::string_view, 8> names = {"result", "axis",    "coordinate", "name",
                                                            "status", "message", "cost",       "checkpoint"};
  return names.at(static_cast<std::size_t>(role));
}

}  // namespace spinsweep::results
