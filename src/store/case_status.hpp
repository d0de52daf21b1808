#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/schema.hpp"

namespace spinsweep::store {

/// How far a case is. The values are on disk: never renumber them. A file that was just created holds zeros.
enum class CaseStatus : std::int8_t { waiting = 0, running = 1, done = 2, failed = 3, interrupted = 4 };

/// Whether a number in the variable `status` means this status.
[[nodiscard]] constexpr bool says(std::int8_t number, CaseStatus status) {
  return number == static_cast<std::int8_t>(status);
}

/// The variable `status` over the given dimensions. What it says is the only thing that makes a case's rows worth
/// reading: rows of cases that are not done hold zeros.
[[nodiscard]] Variable status_variable(std::vector<std::string> dimensions);

}  // namespace spinsweep::store
