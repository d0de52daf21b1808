#pragma once

#include "device/parameters.hpp"

namespace spinsweep::study {

/// Computing time of a case on one core as foreseen, s.
[[nodiscard]] double estimated_seconds(const device::DeviceParameters& parameters);

}  // namespace spinsweep::study
