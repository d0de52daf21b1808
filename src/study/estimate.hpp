#pragma once

#include <cstddef>

#include "study/study.hpp"

namespace spinsweep::study {

/// Computing time of a case on one core as foreseen, s. Of one whose current density a bisection has still to find: at
/// most, with the largest current density that it may try.
[[nodiscard]] double estimated_seconds(const DevicePlan& plan, std::size_t index);

}  // namespace spinsweep::study
