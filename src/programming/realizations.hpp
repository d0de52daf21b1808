#pragma once

#include <cstddef>

#include "programming/programming_table.hpp"

namespace spinsweep::programming {

/// Whether every realisation has disorder of its own. Where it is swept, each variant is one device.
[[nodiscard]] bool draws_disorder(const study::DevicePlan& plan, const device::DeviceParameters& p);

/// Whether the realisations of a variant differ: by heat or by disorder.
[[nodiscard]] bool scatters(const study::DevicePlan& plan, const device::DeviceParameters& p);

/// How often each recipe of a variant is simulated: once if all realisations are alike.
[[nodiscard]] std::size_t realizations_of(const study::DevicePlan& plan, const device::DeviceParameters& p,
                                          const Settings& settings);

}  // namespace spinsweep::programming
