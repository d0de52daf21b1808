#pragma once

#include "device/parameters.hpp"

namespace spinsweep::tests {

/// Largest difference of a component of <m> between a run of the case and one with a tolerance ten times smaller, after
/// `duration` (s) from the same relaxed wall under the case's current.
[[nodiscard]] double change_with_tolerance(const device::DeviceParameters& parameters, double duration);

}  // namespace spinsweep::tests
