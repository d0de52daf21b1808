#pragma once

#include <cstddef>

#include "study/study.hpp"

namespace spinsweep::study {

/// Computing time of a case on one core as estimated, s. Of one whose current density a bisection has still to find: at
/// most, with the largest current density that it may try.
[[nodiscard]] double estimated_seconds(const DevicePlan& plan, std::size_t index);

/// The same for the relaxation of the magnetisation that a case starts from.
[[nodiscard]] double estimated_relaxation_seconds(const device::DeviceParameters& parameters);

/// The same for the relaxations that find the levels of a synapse.
[[nodiscard]] double estimated_level_seconds(const device::DeviceParameters& parameters);

}  // namespace spinsweep::study
