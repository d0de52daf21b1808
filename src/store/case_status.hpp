#pragma once

#include <cstdint>
#include <vector>

#include "store/schema.hpp"

namespace spinsweep::store {

/// How far a case is. The values are on disk: never renumber them. A file that was just created holds zeros.
enum class CaseStatus : std::int8_t { waiting = 0, running = 1, done = 2, failed = 3, interrupted = 4 };

/// Whether an element of a status variable has this value.
[[nodiscard]] constexpr bool is(std::int8_t number, CaseStatus status) {
  return number == static_cast<std::int8_t>(status);
}

/// What the numbers of a status mean.
[[nodiscard]] std::vector<Flag> status_flags();

}  // namespace spinsweep::store
